import type { Connection } from '../client/connection.js'
import { iteratePages } from '../client/paging.js'
import { type CallOptions, requestJson } from '../client/request.js'
import { write } from '../client/write.js'
import type { ApiKey, ApiKeyInput, ApiKeyList, CreatedApiKey } from '../contract.js'
import type { ListQuery } from './list-query.js'

export interface KeysApi {
  list(query?: ListQuery, options?: CallOptions): Promise<ApiKeyList>
  listAll(query?: ListQuery, options?: CallOptions): AsyncGenerator<ApiKey, void, undefined>
  /** Makes a key. Its secret, `key`, is in this answer only. */
  create(key: ApiKeyInput, options?: CallOptions): Promise<CreatedApiKey>
  /** Ends a key at once. */
  revoke(id: string, options?: CallOptions): Promise<void>
}

export function createKeysApi(connection: Connection): KeysApi {
  const list: KeysApi['list'] = (query = {}, options) => requestJson(connection, { path: ['keys'], query: { ...query }, ...options })
  return {
    list,
    listAll: (query = {}, options) =>
      iteratePages(
        (cursor) => list(cursor === undefined ? query : { ...query, cursor }, options),
        (page) => page.keys,
        query.cursor,
      ),
    create: (key, options) => write(connection, { method: 'POST', path: ['keys'], json: key, ...options }),
    revoke: (id, options) => write(connection, { method: 'DELETE', path: ['keys', id], ...options }),
  }
}
