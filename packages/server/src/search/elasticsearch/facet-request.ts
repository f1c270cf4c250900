import { type FacetName, facetNames } from '@edufed/sdk/schemas'
import type { estypes } from '@elastic/elasticsearch'
import { maxFacetValues, usualFacetValues } from '../facet-values.js'
import type { ResolvedSearchQuery, SearchResult } from '../search-index.js'

type Query = estypes.QueryDslQueryContainer
type Aggregations = Record<string, estypes.AggregationsAggregationContainer>

/** What each shard hands in, so that counts over several shards stay exact. */
const shardSize = maxFacetValues

/** The filters of a query, apart from who asks. */
export interface FacetRequest {
  /** Holds for hits and for all counts. */
  filter: Query[]
  /** Holds for hits only: a facet counts what its own filter leaves out, so that another value can be chosen. */
  postFilter: Query[]
  aggregations: Aggregations
}

/** Splits filters so that hits, total and the counts of all facets come from one request. */
export function toFacetRequest({
  facets,
  filters,
  facetLimit = usualFacetValues,
}: Pick<ResolvedSearchQuery, 'facets' | 'filters' | 'facetLimit'>): FacetRequest {
  const countValues = (name: FacetName) => valueCounts(name, Math.min(facetLimit, maxFacetValues))
  const chosen = facetNames.filter((name) => (filters[name]?.length ?? 0) > 0)
  const clauses = new Map(chosen.map((name) => [name, toClause(name, filters[name]!)]))
  const counted = chosen.filter((name) => facets.includes(name))
  const aggregations: Aggregations = {}
  for (const name of counted) {
    // What is filtered by is counted on its own: it may have too few resources to be among the first values.
    const counts = { values: countValues(name), chosen: chosenCounts(name, filters[name]!) }
    aggregations[name] = underFilters(without(counted, name), clauses, counts)
  }
  const rest = facets.filter((name) => !counted.includes(name))
  if (rest.length > 0) aggregations.rest = underFilters(counted, clauses, Object.fromEntries(rest.map((name) => [name, countValues(name)])))
  return {
    filter: without(chosen, ...counted).map((name) => clauses.get(name)!),
    postFilter: counted.map((name) => clauses.get(name)!),
    aggregations,
  }
}

/** All filters, where nothing is counted. */
export function toFilters(filters: ResolvedSearchQuery['filters']): Query[] {
  return facetNames.flatMap((name) => (filters[name]?.length ? [toClause(name, filters[name])] : []))
}

function toClause(name: FacetName, values: readonly string[]): Query {
  return { terms: { [fieldOf(name)]: [...values] } }
}

/** The counts that the answer to such a request holds. */
export function toFacets(
  facets: readonly FacetName[],
  aggregations: Record<string, unknown> | undefined,
): Pick<SearchResult, 'facets' | 'moreValues'> {
  const counts: SearchResult['facets'] = {}
  const moreValues: FacetName[] = []
  for (const name of facets) {
    const own = aggregations?.[name] as { values?: Buckets; chosen?: Buckets } | undefined
    const rest = aggregations?.rest as Record<string, Buckets | undefined> | undefined
    const values = own?.values ?? rest?.[name]
    if ((values?.sum_other_doc_count ?? 0) > 0) moreValues.push(name)
    const buckets = new Map([...(values?.buckets ?? []), ...(own?.chosen?.buckets ?? [])].map((bucket) => [bucket.key, bucket.doc_count]))
    counts[name] = [...buckets].map(([value, count]) => ({ value, count }))
  }
  return { facets: counts, ...(moreValues.length > 0 ? { moreValues } : {}) }
}

interface Buckets {
  buckets: { key: string; doc_count: number }[]
  /** More than 0 when there are further values. */
  sum_other_doc_count?: number
}

function underFilters(names: readonly FacetName[], clauses: ReadonlyMap<FacetName, Query>, aggs: Aggregations): Aggregations[string] {
  const filter: Query = names.length > 0 ? { bool: { filter: names.map((name) => clauses.get(name)!) } } : { match_all: {} }
  return { filter, aggs }
}

const mostFirst: estypes.AggregationsAggregateOrder = [{ _count: 'desc' }, { _key: 'asc' }]

function valueCounts(name: FacetName, size: number): Aggregations[string] {
  return { terms: { field: fieldOf(name), size, shard_size: shardSize, order: mostFirst } }
}

function chosenCounts(name: FacetName, values: readonly string[]): Aggregations[string] {
  return { terms: { field: fieldOf(name), include: [...values], size: values.length, shard_size: shardSize, order: mostFirst } }
}

function fieldOf(name: FacetName): string {
  return `facets.${name}`
}

function without(names: readonly FacetName[], ...left: FacetName[]): FacetName[] {
  return names.filter((name) => !left.includes(name))
}
