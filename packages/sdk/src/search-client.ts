import { type ClientOptions, type Connection, createConnection } from './client/connection.js'
import { createResourcesApi, type ResourcesApi } from './resources/resources.js'
import { createSearchApi, type SearchApi } from './resources/search.js'

/** What a portal needs to search: the small part of a client. */
export interface SearchClient extends SearchApi {
  readonly resources: ResourcesApi
}

/**
 * A client that searches, suggests and reads resources, and weighs under 4 KiB.
 *
 * @throws {UsageError} when an option cannot be used.
 * @example
 * ```ts
 * const client = createSearchClient({ baseUrl: 'https://node.example' })
 * const { total, hits } = await client.search({ q: '二次方程', facets: ['grade'] })
 * ```
 */
export function createSearchClient(options: ClientOptions): SearchClient {
  return composeSearchClient(createConnection(options))
}

export function composeSearchClient(connection: Connection): SearchClient {
  return { ...createSearchApi(connection), resources: createResourcesApi(connection) }
}
