import type { SearchLogger } from '../search-logger.js'
import type { Synonyms } from '../understanding/understand-query.js'
import { type WatchedFile, watchFile } from '../watched-file.js'
import { defaultSynonyms } from './default-synonyms.js'
import { joinSynonyms, readSynonyms } from './read-synonyms.js'

/**
 * Synonyms that an operator keeps in a file, with the ones that come with the program; read again when the file changes.
 *
 * @param path - Absent: only the ones that come with the program.
 */
export function openSynonymsFile(
  path: string | undefined,
  { logger, now }: { logger: SearchLogger; now?: () => number },
): WatchedFile<Synonyms> {
  const builtIn = readSynonyms(defaultSynonyms).synonyms
  if (path === undefined) return { current: async () => builtIn }
  return watchFile(path, {
    name: 'synonyms file',
    initial: builtIn,
    read(text) {
      const { synonyms, problems } = readSynonyms(text)
      for (const problem of problems.slice(0, 20)) logger.warn({ file: path, ...problem }, 'A line of the synonyms file is left out')
      return joinSynonyms(synonyms, builtIn)
    },
    logger,
    now,
  })
}
