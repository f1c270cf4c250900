import type { PushRecord, PushResult } from '../contract.js'
import { ProtocolError } from '../errors/protocol-error.js'
import { isProblem, toApiError } from './api-error.js'
import { type Batch, toBatches } from './batches.js'
import type { Connection } from './connection.js'
import { readLines } from './lines.js'
import { type CallOptions, type RequestSpec, requestStream } from './request.js'
import { isTransient, toDelayMs } from './retry.js'
import { assertNotAborted, wait } from './wait.js'
import { createIdempotencyKey } from './write.js'

export interface PushOptions extends CallOptions {
  /**
   * Makes a push that is run again with the same records in the same order after a crash harmless.
   * @default a random key for each call
   */
  idempotencyKey?: string
  /** Records a request. @default 500 */
  batchRecords?: number
  /** Bytes a request; a larger record goes alone. @default 4194304 */
  batchBytes?: number
  /** Milliseconds that records already taken wait for more before they are sent. @default 200 */
  lingerMs?: number
}

const type = 'application/x-ndjson'
const slowestBytesPerMs = 32

/** Pushes records in batches; one result a record, in their order. */
export async function* push(
  connection: Connection,
  sourceId: string,
  records: Iterable<PushRecord> | AsyncIterable<PushRecord>,
  options: PushOptions = {},
): AsyncGenerator<PushResult, void, undefined> {
  const { signal, idempotencyKey = createIdempotencyKey(), batchRecords = 500, batchBytes = 2 ** 22, lingerMs = 200 } = options
  let number = 0
  assertNotAborted(signal)
  for await (const batch of toBatches(records, { maxRecords: batchRecords, maxBytes: batchBytes, lingerMs })) {
    if (batch.count > 0) yield* pushBatch(connection, sourceId, batch, `${idempotencyKey}-${number++}`, signal)
    if (batch.failure) throw batch.failure.error
    assertNotAborted(signal)
  }
}

/** One batch, sent again under the same key after a failure that may pass; results that were handed on already are skipped then. */
async function* pushBatch(
  connection: Connection,
  sourceId: string,
  { body, count }: Batch,
  idempotencyKey: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<PushResult, void, undefined> {
  const spec: RequestSpec = {
    method: 'POST',
    path: ['sources', sourceId, 'records'],
    headers: { 'content-type': type, 'idempotency-key': idempotencyKey },
    body,
    timeoutMs: connection.timeoutMs + body.length / slowestBytesPerMs,
    ...(signal && { signal }),
  }
  let known = 0
  let failures = 0
  for (;;) {
    try {
      let index = 0
      for await (const result of readResults(await requestStream(connection, spec, type), connection.timeoutMs, signal)) {
        if (index++ < known) continue
        if (index > count) throw new ProtocolError(`More results than the ${count} records that were sent`)
        known = index
        failures = 0
        yield result
      }
      if (index === count) return
      throw new ProtocolError(`Only ${index} results for the ${count} records that were sent`)
    } catch (error) {
      if (failures >= connection.retries || !isTransient(error)) throw error
      await wait(toDelayMs(error, failures++), signal)
    }
  }
}

async function* readResults(
  response: Response,
  idleMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<PushResult, void, undefined> {
  for await (const line of readLines(response, { idleMs, ...(signal && { signal }) })) {
    if (line === '') continue
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch (error) {
      throw new ProtocolError('A result of the push is not JSON', error)
    }
    if (isProblem(value)) throw toApiError(value.status, line, () => undefined, 'The push')
    yield value as PushResult
  }
}
