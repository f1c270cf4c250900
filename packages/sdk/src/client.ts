import { type ClientOptions, createConnection } from './client/connection.js'
import { type ChangesApi, createChangesApi } from './resources/changes.js'
import { createHarvestsApi, type HarvestsApi } from './resources/harvests.js'
import { createKeysApi, type KeysApi } from './resources/keys.js'
import { createMembersApi, type MembersApi } from './resources/members.js'
import { createRecordsApi, type RecordsApi } from './resources/records.js'
import { createSourcesApi, type SourcesApi } from './resources/sources.js'
import { createUploadsApi, type UploadsApi } from './resources/uploads.js'
import { composeSearchClient, type SearchClient } from './search-client.js'

/** Everything that a node offers. */
export interface EdufedClient extends SearchClient {
  readonly records: RecordsApi
  readonly changes: ChangesApi
  readonly sources: SourcesApi
  readonly harvests: HarvestsApi
  readonly uploads: UploadsApi
  readonly members: MembersApi
  readonly keys: KeysApi
}

/**
 * A client of one node. It holds no connection; nothing is to be closed.
 *
 * @throws {UsageError} when an option cannot be used.
 * @example
 * ```ts
 * const client = createClient({ baseUrl: 'https://node.example', apiKey: 'edufed_…' })
 * for await (const result of client.records.push('our-school', records)) console.log(result.identifier, result.outcome)
 * ```
 */
export function createClient(options: ClientOptions): EdufedClient {
  const connection = createConnection(options)
  return {
    ...composeSearchClient(connection),
    records: createRecordsApi(connection),
    changes: createChangesApi(connection),
    sources: createSourcesApi(connection),
    harvests: createHarvestsApi(connection),
    uploads: createUploadsApi(connection),
    members: createMembersApi(connection),
    keys: createKeysApi(connection),
  }
}
