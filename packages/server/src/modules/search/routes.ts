import { FacetQuery, FacetValues, facetNames, SearchPage, SearchQuery, SearchUse, Suggestions, SuggestQuery } from '@edufed/sdk/schemas'
import Type from 'typebox'
import type { App } from '../../app-instance.js'
import type { SearchService } from './search-service.js'

const FacetParams = Type.Object({ name: Type.Enum([...facetNames]) })

/** `/api/v1/search`, `/api/v1/facets/{name}` and `/api/v1/suggest`. */
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
    '/api/v1/facets/:name',
    {
      config: { access: 'read' },
      schema: {
        tags,
        summary: 'Find values of a facet among the resources that a search finds',
        description:
          'Takes the words and filters of the search. The counts are those of the search, whose own filter of this facet does not hold.',
        params: FacetParams,
        querystring: FacetQuery,
        response: { 200: FacetValues },
      },
    },
    async (request) => search.facetValues(request.params.name, request.query, request.viewer),
  )
  app.post(
    '/api/v1/facets/:name',
    {
      config: { access: 'read', idempotency: 'off' },
      schema: {
        tags,
        summary: 'Find values of a facet, for queries too long for an address',
        params: FacetParams,
        body: FacetQuery,
        response: { 200: FacetValues },
      },
    },
    async (request) => search.facetValues(request.params.name, request.body, request.viewer),
  )
  app.get(
    '/api/v1/suggest',
    {
      config: { access: 'read' },
      schema: {
        tags,
        summary: 'Complete what is being typed, by what finds something under the filters',
        querystring: SuggestQuery,
        response: { 200: Suggestions },
      },
    },
    async (request) => search.suggest(request.query, request.viewer),
  )
  app.post(
    '/api/v1/search/uses',
    {
      config: { access: 'read', idempotency: 'off' },
      schema: {
        tags,
        summary: 'Tell that a hit of a search was opened',
        description:
          'Counts the words of the search for the suggestions: the words alone, nothing about who searched. Only searches that this node answered with hits within the last half hour are counted; where several processes answer, what finds something.',
        body: SearchUse,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      search.noteUse(request.body)
      return reply.status(204).send(null)
    },
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
