import type { estypes } from '@elastic/elasticsearch'
import type { Viewer } from '../../catalog/viewer.js'
import type { QueryTerms } from '../analysis/index.js'
import { defaultRankingWeights } from '../ranking.js'
import type { ResolvedSearchQuery } from '../search-index.js'
import { toFacetRequest } from './facet-request.js'
import { rank } from './rank.js'
import { toTextQuery } from './text-query.js'

/** The whole of a search as one request: hits, exact total and facets. One hit more than asked for tells whether another page follows. */
export function toSearchRequest(query: ResolvedSearchQuery, terms: QueryTerms, viewer: Viewer, timeoutMs: number): estypes.SearchRequest {
  const { filter, postFilter, aggregations } = toFacetRequest(query)
  const found: estypes.QueryDslQueryContainer = { bool: { filter: [toTextQuery(terms), ...toViewerFilter(viewer), ...filter] } }
  const isRanked = query.sort === 'relevance' && terms.groups.length > 0
  return {
    query: isRanked ? rank(found, terms, query.weights ?? defaultRankingWeights) : found,
    ...(postFilter.length > 0 ? { post_filter: { bool: { filter: postFilter } } } : {}),
    ...(Object.keys(aggregations).length > 0 ? { aggs: aggregations } : {}),
    sort: [isRanked ? { _score: { order: 'desc' } } : { date: { order: 'desc' } }, { tie: { order: 'asc' } }, { id: { order: 'asc' } }],
    size: query.limit > 0 ? query.limit + 1 : 0,
    track_total_hits: true,
    timeout: `${timeoutMs}ms`,
  }
}

/** Keeps what this viewer may not see out of hits, totals and counts alike. */
export function toViewerFilter(viewer: Viewer): estypes.QueryDslQueryContainer[] {
  return viewer.sees === 'everything' ? [] : [{ terms: { visibleTo: [...viewer.sees] } }]
}
