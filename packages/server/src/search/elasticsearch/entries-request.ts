import type { estypes } from '@elastic/elasticsearch'
import type { IdRange, IndexEntry, RangeDigest } from '../search-index.js'

/** Counts the documents of a range of ids and adds up their checks. */
export function toDigestRequest(range: IdRange): estypes.SearchRequest {
  return {
    query: toRangeQuery(range),
    size: 0,
    track_total_hits: true,
    aggs: { sum: { sum: { field: 'check' } } },
    allow_partial_search_results: false,
  }
}

export function toRangeDigest({ hits, aggregations }: estypes.SearchResponse): RangeDigest {
  const { value } = aggregations!.sum as estypes.AggregationsSumAggregate
  return { documents: typeof hits.total === 'number' ? hits.total : (hits.total?.value ?? 0), sum: value ?? 0 }
}

/** Reads ids and versions, which are change sequences, and nothing of the documents. */
export function toEntriesRequest(range: IdRange, limit: number): estypes.SearchRequest {
  return {
    query: toRangeQuery(range),
    size: limit,
    sort: [{ id: { order: 'asc' } }],
    version: true,
    _source: false,
    track_total_hits: false,
    allow_partial_search_results: false,
  }
}

export function toEntries({ hits }: estypes.SearchResponse): IndexEntry[] {
  return hits.hits.map(({ sort, _version }) => ({ id: String(sort![0]), sequence: _version! }))
}

function toRangeQuery({ after, upTo }: IdRange): estypes.QueryDslQueryContainer {
  if (after === undefined && upTo === undefined) return { match_all: {} }
  return { range: { id: { ...(after === undefined ? {} : { gt: after }), ...(upTo === undefined ? {} : { lte: upTo }) } } }
}
