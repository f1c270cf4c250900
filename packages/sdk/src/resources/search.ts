import type { Connection } from '../client/connection.js'
import { iteratePages } from '../client/paging.js'
import { type CallOptions, requestJson } from '../client/request.js'
import { type Query, toUrl } from '../client/url.js'
import type {
  FacetName,
  FacetQuery,
  FacetValues,
  SearchHit,
  SearchPage,
  SearchQuery,
  SearchUse,
  Suggestions,
  SuggestQuery,
} from '../contract.js'

/** Servers and proxies refuse longer addresses; such a query goes as a body. */
const longestUrl = 6_000

export interface SearchApi {
  /** One page of hits with exact total, facet counts and highlights. */
  search(query?: SearchQuery, options?: CallOptions): Promise<SearchPage>
  /** Every hit, page by page as they are asked for; starts at `query.cursor` when given. */
  searchAll(query?: SearchQuery, options?: CallOptions): AsyncGenerator<SearchHit, void, undefined>
  /** Values of a facet by their labels, counted among what a search finds: `facetValues('region', { find: '天山', q: '数学' })`. */
  facetValues(name: FacetName, query?: FacetQuery, options?: CallOptions): Promise<FacetValues>
  /** What the teacher may be about to type; with filters, only what finds something under them. */
  suggest(query: SuggestQuery, options?: CallOptions): Promise<Suggestions>
  /** Tells that a hit of a search was opened: what is of use to many is suggested to others. Goes through while the page is left. */
  noteUse(use: SearchUse, options?: CallOptions): Promise<void>
}

export function createSearchApi(connection: Connection): SearchApi {
  const withLanguage = <Q extends object>(query: Q) => (connection.language === undefined ? query : { lang: connection.language, ...query })

  const ask = <Answer>(path: string[], query: object, options: CallOptions | undefined): Promise<Answer> => {
    const json = withLanguage(query)
    const parameters: Query = { ...json }
    const isLong = toUrl(connection.baseUrl, path, parameters).href.length > longestUrl
    return requestJson(connection, { path, ...options, ...(isLong ? { method: 'POST', isRead: true, json } : { query: parameters }) })
  }
  const search: SearchApi['search'] = (query = {}, options) => ask(['search'], query, options)

  return {
    search,
    facetValues: (name, query = {}, options) => ask(['facets', name], query, options),
    searchAll: (query = {}, options) =>
      iteratePages(
        (cursor) => search(cursor === undefined ? query : { ...query, cursor }, options),
        (page) => page.hits,
        query.cursor,
      ),
    noteUse: (use, options) =>
      requestJson(connection, { method: 'POST', path: ['search', 'uses'], json: withLanguage(use), keepalive: true, ...options }),
    suggest: (query, options) => requestJson(connection, { path: ['suggest'], query: { ...withLanguage(query) }, ...options }),
  }
}
