import type { Connection } from '../client/connection.js'
import { iteratePages } from '../client/paging.js'
import { type CallOptions, requestJson } from '../client/request.js'
import { write } from '../client/write.js'
import type {
  Conformity,
  QuarantineList,
  Source,
  SourceInput,
  SourceList,
  SourcePatch,
  SourcePreview,
  SourcePreviewInput,
} from '../contract.js'
import type { ListQuery } from './list-query.js'

export interface SourcesApi {
  list(query?: ListQuery, options?: CallOptions): Promise<SourceList>
  listAll(query?: ListQuery, options?: CallOptions): AsyncGenerator<Source, void, undefined>
  /** @throws {NotFoundError} */
  get(id: string, options?: CallOptions): Promise<Source>
  create(source: SourceInput, options?: CallOptions): Promise<Source>
  /** Changes the fields that are given; null takes an optional one away. */
  update(id: string, changes: SourcePatch, options?: CallOptions): Promise<Source>
  delete(id: string, options?: CallOptions): Promise<void>
  /** What the source says about itself and its first records, without keeping anything. */
  preview(source: SourcePreviewInput, options?: CallOptions): Promise<SourcePreview>
  /** How well the source keeps to its protocol, judged after each harvest. @throws {NotFoundError} before the first one. */
  conformity(id: string, options?: CallOptions): Promise<Conformity>
  /** Records of the source that are held back, newest first, each with its reasons. */
  listQuarantined(id: string, query?: ListQuery, options?: CallOptions): Promise<QuarantineList>
}

export function createSourcesApi(connection: Connection): SourcesApi {
  const list: SourcesApi['list'] = (query = {}, options) => requestJson(connection, { path: ['sources'], query: { ...query }, ...options })
  return {
    list,
    listAll: (query = {}, options) =>
      iteratePages(
        (cursor) => list(cursor === undefined ? query : { ...query, cursor }, options),
        (page) => page.sources,
        query.cursor,
      ),
    get: (id, options) => requestJson(connection, { path: ['sources', id], ...options }),
    create: (source, options) => write(connection, { method: 'POST', path: ['sources'], json: source, ...options }),
    update: (id, changes, options) => write(connection, { method: 'PATCH', path: ['sources', id], json: changes, ...options }),
    delete: (id, options) => write(connection, { method: 'DELETE', path: ['sources', id], ...options }),
    conformity: (id, options) => requestJson(connection, { path: ['sources', id, 'conformity'], ...options }),
    listQuarantined: (id, query = {}, options) =>
      requestJson(connection, { path: ['sources', id, 'quarantine'], query: { ...query }, ...options }),
    preview: (source, options) =>
      requestJson(connection, { method: 'POST', isRead: true, path: ['sources', 'preview'], json: source, ...options }),
  }
}
