import { readFile, stat } from 'node:fs/promises'
import type { SearchLogger } from '../search-logger.js'
import type { Synonyms } from '../understanding/understand-query.js'
import { defaultSynonyms } from './default-synonyms.js'
import { joinSynonyms, readSynonyms } from './read-synonyms.js'

const lookAgainMs = 2_000
const maxFileBytes = 5 * 1024 * 1024

/** Synonyms that an operator keeps in a file, with the ones that come with the program. */
export interface SynonymsFile {
  /** The synonyms as the file has them now; a file that cannot be read leaves what was read before. Never rejects. */
  current(): Promise<Synonyms>
}

/**
 * Reads synonyms again when their file has changed, which is looked at every two seconds at most, while somebody searches.
 *
 * @param path - Absent: only the ones that come with the program.
 */
export function openSynonymsFile(path: string | undefined, options: { logger: SearchLogger; now?: () => number }): SynonymsFile {
  const builtIn = readSynonyms(defaultSynonyms).synonyms
  if (path === undefined) return { current: async () => builtIn }
  const { logger, now = Date.now } = options
  let synonyms: Synonyms = builtIn
  let version = ''
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined

  async function look(file: string): Promise<void> {
    const { mtimeMs, size } = await stat(file)
    const found = `${mtimeMs}:${size}`
    if (found === version) return
    version = found
    if (size > maxFileBytes) throw new Error(`it has ${size} bytes; ${maxFileBytes} are read at most`)
    const { synonyms: read, problems } = readSynonyms(await readFile(file, 'utf8'))
    for (const problem of problems.slice(0, 20)) logger.warn({ file, ...problem }, 'A line of the synonyms file is left out')
    synonyms = joinSynonyms(read, builtIn)
    logger.info({ file, words: read.size }, 'Synonyms read')
  }

  return {
    async current() {
      if (now() - lookedAt >= lookAgainMs) {
        lookedAt = now()
        looking = look(path).catch((error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error)
          if (version !== reason) logger.warn({ err: error, file: path }, 'The synonyms file cannot be read; what was read before stays')
          version = reason
        })
      }
      await looking
      return synonyms
    },
  }
}
