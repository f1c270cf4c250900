import type { Viewer } from '../../catalog/viewer.js'
import type { DictionaryWord } from '../dictionary/read-dictionary.js'
import type {
  IdRange,
  IndexContent,
  IndexEntry,
  IndexPosition,
  PartialQuery,
  RangeDigest,
  ResolvedSearchQuery,
  SuggestRequest,
} from '../search-index.js'
import type { Translation } from '../work.js'
import type { Place } from './first-rows.js'
import type { FoundPage } from './searcher.js'
import type { WriteOperation } from './write-operation.js'

/** What both kinds of threads are started with. */
export interface ThreadData {
  file: string
  /** Words that an operator added to the dictionary: every thread cuts texts alike. */
  addedWords: readonly DictionaryWord[]
}

/** What the indexing thread is asked, and what it answers. */
export interface IndexingCalls {
  apply(operations: readonly WriteOperation[], position: IndexPosition | undefined, after?: IndexPosition): void
  repair(operations: readonly WriteOperation[]): void
  position(): IndexPosition | undefined
  forgetRemovals(): void
  close(): void
}

/** What a search thread is asked, and what it answers. */
export interface SearchCalls {
  search(query: ResolvedSearchQuery, after: Place | undefined, viewer: Viewer): FoundPage
  suggest(query: SuggestRequest, viewer: Viewer): { text: string; language?: string }[]
  mostAnswered(query: PartialQuery, viewer: Viewer): number[] | undefined
  translationsOf(id: string, work: string, viewer: Viewer): Translation[]
  nearWords(word: string): string[]
  documents(): number
  isOutdated(): boolean
  digest(range: IdRange): RangeDigest
  listEntries(range: IdRange, limit: number): IndexEntry[]
  contents(ids: readonly string[]): IndexContent[]
  close(): void
}

export interface ThreadRequest {
  id: number
  method: string
  parameters: unknown[]
}

export interface ThreadAnswer {
  id: number
  value?: unknown
  error?: string
  /** The error is that the time was over. */
  isTimeout?: boolean
}
