import { type FacetName, facetNames } from '@edufed/sdk/schemas'
import type { estypes } from '@elastic/elasticsearch'
import type { ResolvedSearchQuery, SearchResult } from '../search-index.js'

type Query = estypes.QueryDslQueryContainer
type Aggregations = Record<string, estypes.AggregationsAggregationContainer>

/** Values of one facet that an answer holds at most; a node with more sources than that shows its largest. */
export const maxFacetValues = 1_000
/** What each shard hands in, so that counts over several shards stay exact. */
const shardSize = 10_000

/** The filters of a query, apart from who asks. */
export interface FacetRequest {
  /** Holds for hits and for all counts. */
  filter: Query[]
  /** Holds for hits only: a facet counts what its own filter leaves out, so that another value can be chosen. */
  postFilter: Query[]
  aggregations: Aggregations
}

/** Splits filters so that hits, total and the counts of all facets come from one request. */
export function toFacetRequest({ facets, filters }: Pick<ResolvedSearchQuery, 'facets' | 'filters'>): FacetRequest {
  const chosen = facetNames.filter((name) => (filters[name]?.length ?? 0) > 0)
  const clauses = new Map(chosen.map((name) => [name, { terms: { [fieldOf(name)]: [...filters[name]!] } } satisfies Query]))
  const counted = chosen.filter((name) => facets.includes(name))
  const aggregations: Aggregations = {}
  for (const name of counted) aggregations[name] = underFilters(without(counted, name), clauses, { values: countValues(name) })
  const rest = facets.filter((name) => !counted.includes(name))
  if (rest.length > 0) aggregations.rest = underFilters(counted, clauses, Object.fromEntries(rest.map((name) => [name, countValues(name)])))
  return {
    filter: without(chosen, ...counted).map((name) => clauses.get(name)!),
    postFilter: counted.map((name) => clauses.get(name)!),
    aggregations,
  }
}

/** The counts that the answer to such a request holds. */
export function toFacets(facets: readonly FacetName[], aggregations: Record<string, unknown> | undefined): SearchResult['facets'] {
  const counts: SearchResult['facets'] = {}
  for (const name of facets) {
    const own = aggregations?.[name] as { values?: Buckets } | undefined
    const rest = aggregations?.rest as Record<string, Buckets | undefined> | undefined
    const buckets = (own?.values ?? rest?.[name])?.buckets ?? []
    counts[name] = buckets.map((bucket) => ({ value: bucket.key, count: bucket.doc_count }))
  }
  return counts
}

interface Buckets {
  buckets: { key: string; doc_count: number }[]
}

function underFilters(names: readonly FacetName[], clauses: ReadonlyMap<FacetName, Query>, aggs: Aggregations): Aggregations[string] {
  const filter: Query = names.length > 0 ? { bool: { filter: names.map((name) => clauses.get(name)!) } } : { match_all: {} }
  return { filter, aggs }
}

function countValues(name: FacetName): Aggregations[string] {
  return { terms: { field: fieldOf(name), size: maxFacetValues, shard_size: shardSize, order: [{ _count: 'desc' }, { _key: 'asc' }] } }
}

function fieldOf(name: FacetName): string {
  return `facets.${name}`
}

function without(names: readonly FacetName[], ...left: FacetName[]): FacetName[] {
  return names.filter((name) => !left.includes(name))
}
