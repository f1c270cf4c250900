import type { estypes } from '@elastic/elasticsearch'
import { contentCheck } from '../content-check.js'
import type { IdRange, IndexContent, IndexEntry, RangeDigest } from '../search-index.js'
import type { StoredSource } from './to-index-document.js'

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

/** Reads what searches show of documents. */
export function toContentsRequest(ids: readonly string[]): estypes.SearchRequest {
  return {
    query: { terms: { id: [...ids] } },
    size: ids.length,
    version: true,
    _source: ['id', 'resource', 'sources'],
    // What is not shown is not stored, but it can be read from what is filtered by.
    docvalue_fields: ['visibleTo'],
    track_total_hits: false,
    allow_partial_search_results: false,
  }
}

export function toContents({ hits }: estypes.SearchResponse<StoredSource>): IndexContent[] {
  return hits.hits.map(({ _source, _version, fields }) => {
    const [visibleTo] = fields!.visibleTo as [string]
    return { id: _source!.id, sequence: _version!, content: contentCheck({ ..._source!, visibleTo }) }
  })
}

function toRangeQuery({ after, upTo }: IdRange): estypes.QueryDslQueryContainer {
  if (after === undefined && upTo === undefined) return { match_all: {} }
  return { range: { id: { ...(after === undefined ? {} : { gt: after }), ...(upTo === undefined ? {} : { lte: upTo }) } } }
}
