import { setTimeout as delay } from 'node:timers/promises'
import { type Client, errors, type estypes } from '@elastic/elasticsearch'
import type { ResolvedElasticsearchOptions } from './options.js'
import { searchUnavailable, toSearchError } from './unavailable.js'

/** One operation, serialised once however often it is sent. */
export interface BulkLine {
  id: string
  /** The action and, for a put, the document, with a line feed between them. */
  text: string
  bytes: number
}

/** A document that Elasticsearch will never take. */
export interface Rejection {
  id: string
  reason: string
}

const firstPauseMs = 200
const longestPauseMs = 10_000

/**
 * Sends operations in requests of about `bulkBytes`, a few at a time; when the cluster is too busy, waits longer and longer and sends
 * only what it did not take. An older version than the one that is there is not an error: it has been overtaken.
 *
 * @returns Documents that were refused for what they are.
 * @throws {ServerError} `EDUFED_SEARCH_UNAVAILABLE` when something was not taken in the end; sending all of it again does no harm.
 */
export async function sendBulk(
  client: Client,
  index: string,
  lines: AsyncIterable<BulkLine>,
  options: ResolvedElasticsearchOptions,
): Promise<Rejection[]> {
  const rejections: Rejection[] = []
  const underWay = new Set<Promise<void>>()
  let failure: { error: unknown } | undefined
  const send = (batch: BulkLine[]): void => {
    const sending = sendBatch(client, index, batch, options).then(
      (rejected) => {
        rejections.push(...rejected)
      },
      (error: unknown) => {
        failure ??= { error }
      },
    )
    const tracked: Promise<void> = sending.finally(() => underWay.delete(tracked))
    underWay.add(tracked)
  }

  let batch: BulkLine[] = []
  let bytes = 0
  for await (const line of lines) {
    if (batch.length > 0 && bytes + line.bytes > options.bulkBytes) {
      send(batch)
      batch = []
      bytes = 0
      if (underWay.size >= options.bulkConcurrency) await Promise.race(underWay)
      if (failure) break
    }
    batch.push(line)
    bytes += line.bytes
  }
  if (batch.length > 0 && !failure) send(batch)
  await Promise.all(underWay)
  if (failure) throw failure.error
  return rejections
}

async function sendBatch(client: Client, index: string, batch: BulkLine[], options: ResolvedElasticsearchOptions): Promise<Rejection[]> {
  const rejections: Rejection[] = []
  let left = batch
  for (let attempt = 0; ; attempt++) {
    const answer = await tryBatch(client, index, left, options)
    rejections.push(...answer.rejections)
    left = answer.busy
    if (left.length === 0) return rejections
    if (attempt >= options.bulkRetries)
      throw searchUnavailable(`Elasticsearch stayed too busy to take ${left.length} of ${batch.length} documents: ${answer.reason}`)
    const pauseMs = Math.min(firstPauseMs * 2 ** attempt, longestPauseMs)
    options.logger.warn({ index, documents: left.length, attempt, pauseMs, reason: answer.reason }, 'Elasticsearch is busy; sending again')
    // Spread over half the time, so that several writers do not come back at the same moment.
    await delay(pauseMs / 2 + Math.random() * (pauseMs / 2))
  }
}

interface BatchAnswer {
  rejections: Rejection[]
  busy: BulkLine[]
  reason: string
}

async function tryBatch(client: Client, index: string, batch: BulkLine[], options: ResolvedElasticsearchOptions): Promise<BatchAnswer> {
  let response: estypes.BulkResponse
  try {
    response = await client.bulk(
      // The client sends strings as they are.
      { index, operations: batch.map((line) => line.text) as unknown as object[], filter_path: 'errors,items.*.status,items.*.error' },
      { requestTimeout: options.bulkTimeoutMs },
    )
  } catch (error) {
    if (error instanceof errors.ResponseError && error.statusCode === 429) return { rejections: [], busy: batch, reason: '429' }
    // Too much for one request: halves, down to one document that is too large by itself.
    if (error instanceof errors.ResponseError && error.statusCode === 413) return tryHalves(client, index, batch, options)
    throw toSearchError(error)
  }
  const answer: BatchAnswer = { rejections: [], busy: [], reason: '' }
  if (!response.errors) return answer
  for (const [at, item] of response.items.entries()) {
    const line = batch[at]!
    const { status, error } = (item.index ?? item.delete)!
    // 409: a newer version is there already. 404 without error: deleted already.
    if (!error || status === 409) continue
    const reason = `${error.type}: ${error.reason ?? ''}${error.caused_by?.reason ? ` (${error.caused_by.reason})` : ''}`
    if (status === 429) {
      answer.busy.push(line)
      answer.reason = reason
    } else if (status === 400) {
      answer.rejections.push({ id: line.id, reason })
    } else {
      throw searchUnavailable(`Elasticsearch could not write ${line.id}: ${reason}`)
    }
  }
  return answer
}

async function tryHalves(client: Client, index: string, batch: BulkLine[], options: ResolvedElasticsearchOptions): Promise<BatchAnswer> {
  if (batch.length === 1)
    return { rejections: [{ id: batch[0]!.id, reason: 'larger than Elasticsearch takes in one request' }], busy: [], reason: '' }
  const middle = batch.length >> 1
  const first = await tryBatch(client, index, batch.slice(0, middle), options)
  const second = await tryBatch(client, index, batch.slice(middle), options)
  return {
    rejections: [...first.rejections, ...second.rejections],
    busy: [...first.busy, ...second.busy],
    reason: second.reason || first.reason,
  }
}
