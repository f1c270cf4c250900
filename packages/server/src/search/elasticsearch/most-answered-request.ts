import type { estypes } from '@elastic/elasticsearch'
import type { Viewer } from '../../catalog/viewer.js'
import type { PartialQuery } from '../search-index.js'
import { toFilters } from './facet-request.js'
import { toViewerFilter } from './search-request.js'
import { toGroupQuery } from './text-query.js'

/** Asks for the one resource that answers most of the groups. Its score, a sum of whole numbers below 2^24, is exact. */
export function toMostAnsweredRequest({ terms, worths, filters }: PartialQuery, viewer: Viewer, timeoutMs: number): estypes.SearchRequest {
  const groups = terms.groups.map((group, at) => ({ query: toGroupQuery(group), worth: worths[at], name: String(at) }))
  const required = groups.filter(({ worth }) => worth === undefined)
  const optional = groups.filter(({ worth }) => worth !== undefined)
  return {
    query: {
      bool: {
        should: optional.map(({ query, worth, name }) => ({ constant_score: { filter: query, boost: worth!, _name: name } })),
        minimum_should_match: required.length > 0 ? 0 : 1,
        filter: [
          ...required.map(({ query, name }) => ({ bool: { filter: query, _name: name } })),
          ...toViewerFilter(viewer),
          ...toFilters(filters),
        ],
        must_not: terms.exclude.map(toGroupQuery),
      },
    },
    sort: [{ _score: { order: 'desc' } }, { tie: { order: 'asc' } }, { id: { order: 'asc' } }],
    size: 1,
    track_total_hits: false,
    _source: false,
    timeout: `${timeoutMs}ms`,
  }
}

export function toMostAnswered({ hits }: estypes.SearchResponse): number[] | undefined {
  const names = hits.hits[0]?.matched_queries
  return names === undefined ? undefined : (Array.isArray(names) ? names : Object.keys(names)).map(Number).sort((a, b) => a - b)
}
