import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { removeSearchFile } from './generation.js'

const searchFile = /^search-(\d+)\.sqlite$/

/** The small file that names the search file that answers; put in place in one step. */
export class PointerFile {
  readonly #directory: string
  readonly #path: string

  constructor(directory: string) {
    this.#directory = directory
    this.#path = join(directory, 'search-current')
    mkdirSync(directory, { recursive: true })
  }

  /** The search file that answers, the first one when there is none yet. */
  read(): string {
    try {
      const name = readFileSync(this.#path, 'utf8').trim()
      if (searchFile.test(name)) return join(this.#directory, name)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
    const first = this.next()
    this.write(first)
    return first
  }

  /** A name that no search file has. */
  next(): string {
    const numbers = readdirSync(this.#directory).map((name) => Number(searchFile.exec(name)?.[1] ?? 0))
    return join(this.#directory, `search-${Math.max(0, ...numbers) + 1}.sqlite`)
  }

  write(file: string): void {
    const temporary = `${this.#path}.new`
    const descriptor = openSync(temporary, 'w')
    writeSync(descriptor, `${file.slice(this.#directory.length + 1)}\n`)
    fsyncSync(descriptor)
    closeSync(descriptor)
    renameSync(temporary, this.#path)
  }

  /** Removes search files that nothing points to: builds that were not finished, and old files that were still open. */
  removeOthers(current: string): void {
    for (const name of readdirSync(this.#directory)) {
      const file = join(this.#directory, name)
      if (searchFile.test(name) && file !== current) removeSearchFile(file)
    }
  }
}
