import { readFile, stat } from 'node:fs/promises'
import type { SearchLogger } from './search-logger.js'

const lookAgainMs = 2_000
const maxFileBytes = 5 * 1024 * 1024

/** What an operator keeps in a file and may change while the server runs. */
export interface WatchedFile<T> {
  /** What the file says now; a file that cannot be read leaves what was read before. Never rejects. */
  current(): Promise<T>
}

export interface WatchedFileOptions<T> {
  /** What the file is, for the log, e.g. "synonyms file". */
  name: string
  /** What counts until the file has been read. */
  initial: T
  /** Throws, with a sentence for the operator, what cannot be used. */
  read(text: string): T
  logger: SearchLogger
  now?: (() => number) | undefined
}

/** Reads a file again when it has changed, which is looked at every two seconds at most, while somebody asks. */
export function watchFile<T>(file: string, { name, initial, read, logger, now = Date.now }: WatchedFileOptions<T>): WatchedFile<T> {
  let value = initial
  let version = ''
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined

  async function look(): Promise<void> {
    const { mtimeMs, size } = await stat(file)
    const found = `${mtimeMs}:${size}`
    if (found === version) return
    version = found
    if (size > maxFileBytes) throw new Error(`it has ${size} bytes; ${maxFileBytes} are read at most`)
    value = read(await readFile(file, 'utf8'))
    logger.info({ file }, `The ${name} was read`)
  }

  return {
    async current() {
      if (now() - lookedAt >= lookAgainMs) {
        lookedAt = now()
        looking = look().catch((error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error)
          if (version !== reason) logger.warn({ err: error, file }, `The ${name} cannot be read; what was read before stays`)
          version = reason
        })
      }
      await looking
      return value
    },
  }
}
