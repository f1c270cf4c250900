import type { FacetName, Highlight, HitSource, LearningResource, Suggestions } from '@edufed/sdk/schemas'
import type { Viewer } from '../catalog/viewer.js'
import type { QueryTerms } from './analysis/index.js'
import type { RankingWeights } from './ranking.js'
import type { Translation, WorkForm } from './work.js'

/** A resource to be found. `sequence` is the change that it comes from: an older write never replaces a newer one. */
export interface SearchDocument {
  id: string
  sequence: number
  readonly resource: LearningResource
  /** {@link resource} as JSON, from those who have it. */
  readonly resourceJson?: string
  sources: HitSource[]
  visibleTo: string
}

export type IndexOperation = { type: 'put'; document: SearchDocument } | { type: 'delete'; id: string; sequence: number }

/** How far an index has followed the change log. */
export interface IndexPosition {
  epoch: string
  sequence: number
}

/** A search with all defaults filled in. */
export interface ResolvedSearchQuery {
  text: string
  lang: string
  limit: number
  cursor?: string
  sort: 'relevance' | 'date'
  facets: readonly FacetName[]
  /** How many values of each facet are answered, those with most resources first; {@link usualFacetValues} unless told. */
  facetLimit?: number
  /** Several values of one filter mean "or", several filters "and". */
  filters: Partial<Record<FacetName, readonly string[]>>
  /** Milliseconds since 1970: after that the embedded index gives a search up, even one that waits for its turn. */
  deadline?: number
  /** How `text` is understood, when the caller knows more of it than its words tell (synonyms); without it the index reads it itself. */
  terms?: QueryTerms
  /** What the signs of relevance are worth. @defaultValue {@link defaultRankingWeights} */
  weights?: RankingWeights
}

/** A query that nothing answers as a whole. */
export interface PartialQuery extends Pick<ResolvedSearchQuery, 'filters' | 'deadline'> {
  terms: QueryTerms
  /** What it is worth to answer each group: whole numbers whose sum is below 2^24. Undefined: it has to be answered. */
  worths: readonly (number | undefined)[]
}

/** What was typed so far. */
export interface SuggestRequest {
  text: string
  lang: string
  limit: number
  filters?: ResolvedSearchQuery['filters']
}

/** Hits as the index has them; documents carry the stored resource. Of the forms of one work, the first in the order stands for all. */
export interface SearchResult {
  total: number
  hits: {
    id: string
    score: number
    resource: LearningResource
    sources: HitSource[]
    highlights: { name?: Highlight; description?: Highlight }
    /** The other forms of the work that this viewer may see, found or not; absent when there are none. */
    translations?: Translation[]
  }[]
  /** Values that are filtered by are there however few they have become. */
  facets: Partial<Record<FacetName, { value: string; count: number }[]>>
  /** Facets that have more values than are answered. */
  moreValues?: FacetName[]
  cursor?: string
}

/** A document that an engine will not take; it cannot be found by search until it is taken after all. */
export interface Refusal {
  id: string
  reason: string
  at: string
}

export interface IndexStatus {
  isAvailable: boolean
  documents?: number
  /** Documents that the engine refused, and some of them; absent when there are none. */
  refused?: { count: number; examples: Refusal[] }
  /** It was made with other words than queries are read with: it answers until the one that is built anew takes its place. */
  isOutdated?: true
  /** Why it is not available, or what is the matter with it, in a sentence. */
  detail?: string
}

/** Ids in the order of their bytes in UTF-8: behind `after`, up to `upTo` and with it. A bound that is absent is open. */
export interface IdRange {
  after?: string
  upTo?: string
}

/** What an index holds in a range of ids: how many documents, and the sum of their {@link entryCheck}s. */
export interface RangeDigest {
  documents: number
  sum: number
}

/** A document as far as it is compared with the catalogue. */
export interface IndexEntry {
  id: string
  sequence: number
}

/** What an index shows of a document: see {@link contentCheck}. */
export interface IndexContent extends IndexEntry {
  content: string
}

/** An index under construction beside the one that answers. */
export interface IndexBuild {
  apply(operations: readonly IndexOperation[]): Promise<void>
  /** Puts the new index in the place of the old one, in one step, and removes the old one. */
  finish(position: IndexPosition): Promise<void>
  abandon(): Promise<void>
}

/**
 * Port: a search index over the catalogue's resources. A projection: it may be lost and is rebuilt from the catalogue.
 *
 * @throws {ServerError} `EDUFED_SEARCH_UNAVAILABLE` from every method while the engine is away;
 * `EDUFED_CURSOR_INVALID` from `search` for a cursor that is not its own, `EDUFED_SEARCH_TIMEOUT` behind its deadline.
 */
export interface SearchIndex {
  readonly engine: 'sqlite' | 'elasticsearch'
  open(): Promise<void>
  /**
   * Applies changes and moves the position; repeated or late operations do no harm.
   *
   * @param after - The position that the changes follow, as `position` gave it. When another index has taken the place of the one
   * that stood there, the other one's position does not move.
   */
  apply(operations: readonly IndexOperation[], position: IndexPosition, after?: IndexPosition): Promise<void>
  position(): Promise<IndexPosition | undefined>
  /** Makes everything that was applied findable now; absent when `apply` does that already. */
  refresh?(): Promise<void>
  search(query: ResolvedSearchQuery, viewer: Viewer): Promise<SearchResult>
  /**
   * Which groups, by their places, are answered by the resource that answers most by their worth, passes the filters and has nothing that
   * is excluded; undefined when no resource answers any, or none all that have to be. Of equal resources the same one decides on every engine.
   */
  mostAnswered(query: PartialQuery, viewer: Viewer): Promise<number[] | undefined>
  /** The other forms of the work of a resource that this viewer may see: the first ones, as {@link SearchResult} names them. */
  translationsOf(resource: WorkForm, viewer: Viewer): Promise<Translation[]>
  /** Titles that what was typed begins, or stands in, of resources that pass the filters. */
  suggest(query: SuggestRequest, viewer: Viewer): Promise<Suggestions['suggestions']>
  /** Words of titles that were probably meant by one that no title has, the likeliest first, as terms of the analysis. */
  nearWords(word: string): Promise<string[]>
  status(): Promise<IndexStatus>
  /** Sums up what a search finds in a range of ids, to be compared with the catalogue. */
  digest(range: IdRange): Promise<RangeDigest>
  /** What a search finds in a range of ids, in their order. */
  listEntries(range: IdRange, options: { limit: number }): Promise<IndexEntry[]>
  /** What a search shows of documents; ids that it does not have are left out. */
  contents(ids: readonly string[]): Promise<IndexContent[]>
  /**
   * Writes over what is there of the same or an older version, and does not move the position: for healing. What is newer stays.
   *
   * @returns What the engine refused.
   */
  repair(operations: readonly IndexOperation[]): Promise<Refusal[]>
  startBuild(): Promise<IndexBuild>
  close(): Promise<void>
}
