import { type FacetName, facetNames, type SearchQuery } from '@edufed/sdk/schemas'
import type { ResolvedSearchQuery } from './search-index.js'

/** A query that was checked against its schema, with all defaults filled in. */
export function resolveQuery(query: SearchQuery): ResolvedSearchQuery {
  return {
    text: query.q ?? '',
    lang: query.lang ?? 'zh-Hans',
    limit: query.limit ?? 20,
    sort: query.sort ?? 'relevance',
    facets: [...new Set(query.facets)],
    filters: resolveFilters(query),
    ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
  }
}

/** The filters of a query, each value once. */
export function resolveFilters(query: Partial<Record<FacetName, readonly string[]>>): ResolvedSearchQuery['filters'] {
  const filters: Partial<Record<FacetName, readonly string[]>> = {}
  for (const name of facetNames) {
    const values = query[name]
    if (values && values.length > 0) filters[name] = [...new Set(values)]
  }
  return filters
}
