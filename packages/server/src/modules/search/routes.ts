import { SearchPage, SearchQuery, Suggestions, SuggestQuery } from '@edufed/sdk/schemas'
import type { App } from '../../app-instance.js'
import type { SearchService } from './search-service.js'

/** `/api/v1/search` and `/api/v1/suggest`. */
export function addSearchRoutes(app: App, { search }: { search: SearchService }): void {
  const tags = ['search']

  app.get(
    '/api/v1/search',
    {
      config: { access: 'read' },
      preValidation: async (request) => splitFacets(request),
      schema: {
        tags,
        summary: 'Search resources',
        description: 'Filters are repeatable: several values of one mean "or", several filters "and".',
        querystring: SearchQuery,
        response: { 200: SearchPage },
      },
    },
    async (request) => search.search(request.query, request.viewer),
  )
  app.post(
    '/api/v1/search',
    {
      config: { access: 'read', idempotency: 'off' },
      schema: { tags, summary: 'Search resources, for queries too long for an address', body: SearchQuery, response: { 200: SearchPage } },
    },
    async (request) => search.search(request.body, request.viewer),
  )
  app.get(
    '/api/v1/suggest',
    {
      config: { access: 'read' },
      schema: { tags, summary: 'Complete what is being typed', querystring: SuggestQuery, response: { 200: Suggestions } },
    },
    async (request) => search.suggest(request.query, request.viewer),
  )
}

/** `facets=subject,grade` and `facets=subject&facets=grade` are the same. Filter values are taken as they are: they may hold commas. */
function splitFacets(request: { query: unknown }): void {
  const query = request.query as Record<string, unknown>
  if (query.facets === undefined) return
  query.facets = [query.facets]
    .flat()
    .flatMap((value) => String(value).split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
