import type { Connection } from '../client/connection.js'
import { type PushOptions, push } from '../client/push.js'
import type { CallOptions, RequestSpec } from '../client/request.js'
import { write } from '../client/write.js'
import type { PushRecord, PushResult, ResourceDraft } from '../contract.js'

export interface PutOptions extends CallOptions {
  /** ETag of the version that is to be replaced; another version there is a {@link ConflictError}. */
  ifMatch?: string
}

export interface RecordsApi {
  /**
   * Pushes any number of records and tells, in their order, what became of each.
   *
   * Records are taken from the iterable only as fast as the results are read. What is wrong with a record is in its result; an
   * exception means that the push could not go on, after the results known by then.
   */
  push(
    sourceId: string,
    records: Iterable<PushRecord> | AsyncIterable<PushRecord>,
    options?: PushOptions,
  ): AsyncGenerator<PushResult, void, undefined>
  /** Creates or replaces one record. */
  put(sourceId: string, identifier: string, draft: ResourceDraft, options?: PutOptions): Promise<PushResult>
  /** Marks one record as deleted. */
  delete(sourceId: string, identifier: string, options?: PutOptions): Promise<PushResult>
}

export function createRecordsApi(connection: Connection): RecordsApi {
  const toSpec = (sourceId: string, identifier: string, { ifMatch, ...options }: PutOptions = {}): RequestSpec => ({
    path: ['sources', sourceId, 'records', identifier],
    ...(ifMatch !== undefined && { headers: { 'if-match': ifMatch } }),
    ...options,
  })
  return {
    push: (sourceId, records, options) => push(connection, sourceId, records, options),
    put: (sourceId, identifier, draft, options) =>
      write(connection, { ...toSpec(sourceId, identifier, options), method: 'PUT', json: draft }),
    delete: (sourceId, identifier, options) => write(connection, { ...toSpec(sourceId, identifier, options), method: 'DELETE' }),
  }
}
