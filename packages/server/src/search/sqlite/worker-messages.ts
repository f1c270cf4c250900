import type { Viewer } from '../../catalog/viewer.js'
import type { IdRange, IndexEntry, IndexPosition, RangeDigest, ResolvedSearchQuery, SuggestRequest } from '../search-index.js'
import type { Place } from './first-rows.js'
import type { FoundPage } from './searcher.js'
import type { WriteOperation } from './write-operation.js'

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
  nearWords(word: string): string[]
  documents(): number
  digest(range: IdRange): RangeDigest
  listEntries(range: IdRange, limit: number): IndexEntry[]
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
}
