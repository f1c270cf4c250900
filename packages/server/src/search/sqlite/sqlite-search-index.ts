import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { Suggestions } from '@edufed/sdk/schemas'
import type { Viewer } from '../../catalog/viewer.js'
import { ServerError } from '../../errors.js'
import { decodeCursor, encodeCursor, invalidCursor, searchCursorKey } from '../cursor.js'
import { currentDictionary } from '../dictionary/dictionary.js'
import type { DictionaryWord } from '../dictionary/read-dictionary.js'
import { outdatedDetail } from '../outdated-index.js'
import type {
  IdRange,
  IndexBuild,
  IndexContent,
  IndexEntry,
  IndexOperation,
  IndexPosition,
  IndexStatus,
  PartialQuery,
  RangeDigest,
  Refusal,
  ResolvedSearchQuery,
  SearchIndex,
  SearchResult,
  SuggestRequest,
} from '../search-index.js'
import { isSpelled } from '../spelling/near-words.js'
import { type Translation, type WorkForm, workOf } from '../work.js'
import type { Place } from './first-rows.js'
import { Generation, removeSearchFile } from './generation.js'
import { PointerFile } from './pointer-file.js'
import { toWriteOperation } from './write-operation.js'

export interface SqliteSearchIndexOptions {
  /** Folder of the search files; made when it is not there. */
  directory: string
  /** Threads that search. @defaultValue one less than the machine has processors, 1 or 2 */
  searchThreads?: number
}

/** The embedded search index: full text by FTS5 in files of its own, written by one thread and searched by others. */
export function createSqliteSearchIndex(options: SqliteSearchIndexOptions): SearchIndex {
  return new SqliteSearchIndex(options)
}

class SqliteSearchIndex implements SearchIndex {
  readonly engine = 'sqlite'
  readonly #directory: string
  readonly #threads: { searchThreads: number; addedWords: readonly DictionaryWord[] }
  #pointer: PointerFile | undefined
  #generation: Generation | undefined

  constructor({ directory, searchThreads = Math.min(2, Math.max(1, availableParallelism() - 1)) }: SqliteSearchIndexOptions) {
    this.#directory = resolve(directory)
    this.#threads = { searchThreads, addedWords: currentDictionary().added }
  }

  async open(): Promise<void> {
    if (this.#generation) return
    this.#pointer = new PointerFile(this.#directory)
    const file = this.#pointer.read()
    this.#pointer.removeOthers(file)
    this.#generation = await this.#openFile(file)
  }

  async apply(operations: readonly IndexOperation[], position: IndexPosition, after?: IndexPosition): Promise<void> {
    await this.#current().writer.call('apply', operations.map(toWriteOperation), position, after)
  }

  async position(): Promise<IndexPosition | undefined> {
    return this.#current().writer.call('position')
  }

  async search(query: ResolvedSearchQuery, viewer: Viewer): Promise<SearchResult> {
    const key = searchCursorKey(this.engine, query)
    const after = query.cursor === undefined ? undefined : toPlace(decodeCursor(query.cursor, key))
    const { next, ...page } = await this.#current().searcher.call('search', query, after, viewer)
    return next ? { ...page, cursor: encodeCursor(next, key) } : page
  }

  async suggest(query: SuggestRequest, viewer: Viewer): Promise<Suggestions['suggestions']> {
    return this.#current().searcher.call('suggest', query, viewer)
  }

  async mostAnswered(query: PartialQuery, viewer: Viewer): Promise<number[] | undefined> {
    return this.#current().searcher.call('mostAnswered', query, viewer)
  }

  async translationsOf(resource: WorkForm, viewer: Viewer): Promise<Translation[]> {
    return this.#current().searcher.call('translationsOf', resource.id, workOf(resource), viewer)
  }

  async nearWords(word: string): Promise<string[]> {
    return isSpelled(word) ? this.#current().searcher.call('nearWords', word) : []
  }

  async status(): Promise<IndexStatus> {
    try {
      const { searcher } = this.#current()
      const [documents, isOutdated] = await Promise.all([searcher.call('documents'), searcher.call('isOutdated')])
      return { isAvailable: true, documents, ...(isOutdated ? { isOutdated: true, detail: outdatedDetail } : {}) }
    } catch (error) {
      return { isAvailable: false, detail: error instanceof Error ? error.message : String(error) }
    }
  }

  async digest(range: IdRange): Promise<RangeDigest> {
    return this.#current().searcher.call('digest', range)
  }

  async listEntries(range: IdRange, { limit }: { limit: number }): Promise<IndexEntry[]> {
    return this.#current().searcher.call('listEntries', range, limit)
  }

  async contents(ids: readonly string[]): Promise<IndexContent[]> {
    return this.#current().searcher.call('contents', ids)
  }

  async repair(operations: readonly IndexOperation[]): Promise<Refusal[]> {
    await this.#current().writer.call('repair', operations.map(toWriteOperation))
    return []
  }

  async startBuild(): Promise<IndexBuild> {
    this.#current()
    const pointer = this.#pointer!
    const next = new Generation(pointer.next(), this.#threads)
    await next.writer.call('position')
    return {
      apply: async (operations) => {
        await next.writer.call('apply', operations.map(toWriteOperation), undefined)
      },
      finish: async (position) => {
        await next.writer.call('apply', [], position)
        await next.start()
        pointer.write(next.file)
        const old = this.#generation
        this.#generation = next
        await old?.remove()
      },
      abandon: () => next.remove(),
    }
  }

  async close(): Promise<void> {
    const generation = this.#generation
    this.#generation = undefined
    await generation?.close()
  }

  #current(): Generation {
    if (!this.#generation) throw new ServerError('EDUFED_SEARCH_UNAVAILABLE', 'The search index is not open', { retryAfterSeconds: 5 })
    return this.#generation
  }

  /** A damaged file, or one of another version, is thrown away: the index starts empty and is filled from the catalogue again. */
  async #openFile(file: string): Promise<Generation> {
    const generation = new Generation(file, this.#threads)
    try {
      await generation.start()
      return generation
    } catch (error) {
      await generation.close()
      if (!isUnreadable(error)) throw error
      removeSearchFile(file)
      const empty = new Generation(file, this.#threads)
      await empty.start()
      return empty
    }
  }
}

function isUnreadable(error: unknown): boolean {
  return error instanceof Error && /malformed|not a database|is of version/.test(error.message)
}

function toPlace(payload: object): Place {
  const { value, tie, row } = payload as Partial<Record<keyof Place, unknown>>
  if (typeof value !== 'number' || typeof tie !== 'number' || typeof row !== 'number') throw invalidCursor()
  return { value, tie, row }
}
