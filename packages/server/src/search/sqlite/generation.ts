import { rmSync } from 'node:fs'
import { Thread } from './thread.js'
import type { IndexingCalls, SearchCalls, ThreadData } from './worker-messages.js'

/** One search file with the threads that write and read it. A rebuild makes the next generation beside it. */
export class Generation {
  readonly file: string
  readonly writer: Thread<IndexingCalls>
  readonly #searchers: Thread<SearchCalls>[]

  constructor(file: string, { searchThreads, addedWords }: { searchThreads: number } & Pick<ThreadData, 'addedWords'>) {
    const data: ThreadData = { file, addedWords }
    this.file = file
    this.writer = new Thread<IndexingCalls>('search/sqlite/indexing-worker', data)
    this.#searchers = Array.from({ length: searchThreads }, () => new Thread<SearchCalls>('search/sqlite/search-worker', data))
  }

  /** The search thread that has the least to do. */
  get searcher(): Thread<SearchCalls> {
    return this.#searchers.reduce((best, thread) => (thread.load < best.load ? thread : best))
  }

  /** Starts the threads; the writer first, since it makes the tables. */
  async start(): Promise<void> {
    for (const thread of this.#searchers) thread.start()
    await this.writer.call('forgetRemovals')
    await Promise.all(this.#searchers.map((thread) => thread.call('documents')))
  }

  async close(): Promise<void> {
    await Promise.all(this.#searchers.map((thread) => thread.close()))
    await this.writer.close()
  }

  async remove(): Promise<void> {
    await this.close()
    removeSearchFile(this.file)
  }
}

/** Removes a search file and what SQLite keeps beside it. */
export function removeSearchFile(file: string): void {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${ending}`, { force: true })
}
