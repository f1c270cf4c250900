import { setTimeout as delay } from 'node:timers/promises'
import { type Client, errors, type estypes } from '@elastic/elasticsearch'
import type { Refusal } from '../search-index.js'
import type { BulkPace } from './bulk-pace.js'
import type { ResolvedElasticsearchOptions } from './options.js'
import { searchUnavailable, toSearchError } from './unavailable.js'

/** One operation, serialised once however often it is sent. */
export interface BulkLine {
  id: string
  /** The action and, for a put, the document, with a line feed behind each. */
  bytes: Buffer
}

export interface BulkTarget {
  client: Client
  /** Name of the concrete index. */
  index: string
  pace: BulkPace
  options: ResolvedElasticsearchOptions
}

const firstPauseMs = 200
const longestPauseMs = 10_000

/**
 * Sends operations in requests of the size and number that the cluster keeps up with; when it is too busy, waits longer and longer and
 * sends only what it did not take. An older version than the one that is there is not an error: it has been overtaken.
 *
 * @returns Documents that were refused for what they are.
 * @throws {ServerError} `EDUFED_SEARCH_UNAVAILABLE` when something was not taken in the end; sending all of it again does no harm.
 */
export async function sendBulk(target: BulkTarget, lines: AsyncIterable<BulkLine>): Promise<Refusal[]> {
  const { pace } = target
  const refusals: Refusal[] = []
  const underWay = new Set<Promise<void>>()
  let failure: { error: unknown } | undefined
  const send = (batch: BulkLine[]): void => {
    const sending = sendBatch(target, batch).then(
      (refused) => {
        refusals.push(...refused)
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
    if (batch.length > 0 && bytes + line.bytes.length > pace.bytes) {
      while (underWay.size >= pace.concurrency) await Promise.race(underWay)
      if (failure) break
      send(batch)
      batch = []
      bytes = 0
    }
    batch.push(line)
    bytes += line.bytes.length
  }
  if (batch.length > 0) {
    while (underWay.size >= pace.concurrency) await Promise.race(underWay)
    if (!failure) send(batch)
  }
  await Promise.all(underWay)
  if (failure) throw failure.error
  return refusals
}

async function sendBatch(target: BulkTarget, batch: BulkLine[]): Promise<Refusal[]> {
  const { index, pace, options } = target
  const refusals: Refusal[] = []
  let left = batch
  for (let attempt = 0; ; attempt++) {
    const answer = await tryBatch(target, left)
    refusals.push(...answer.refusals)
    left = answer.busy
    if (left.length === 0) {
      pace.taken()
      return refusals
    }
    pace.busy()
    if (attempt >= options.bulkRetries)
      throw searchUnavailable(`Elasticsearch stayed too busy to take ${left.length} of ${batch.length} documents: ${answer.reason}`)
    const pauseMs = Math.min(Math.max(firstPauseMs * 2 ** attempt, answer.retryAfterMs), longestPauseMs)
    options.logger.warn({ index, documents: left.length, attempt, pauseMs, reason: answer.reason }, 'Elasticsearch is busy; sending again')
    // Up to half as long again, so that several writers do not come back at the same moment.
    await delay(pauseMs * (1 + Math.random() / 2))
  }
}

interface BatchAnswer {
  refusals: Refusal[]
  busy: BulkLine[]
  reason: string
  /** How long the cluster asked to be left alone. */
  retryAfterMs: number
}

async function tryBatch(target: BulkTarget, batch: BulkLine[]): Promise<BatchAnswer> {
  const { client, index, options } = target
  let response: estypes.BulkResponse
  try {
    response = await client.bulk(
      // The client sends bytes as they are.
      { index, operations: Buffer.concat(batch.map((line) => line.bytes)) as unknown as object[], filter_path: responseFields },
      { requestTimeout: options.bulkTimeoutMs },
    )
  } catch (error) {
    const status = error instanceof errors.ResponseError ? error.statusCode : undefined
    // Too much for one request: halves, down to one document that is too large by itself.
    if (status === 413) return tryHalves(target, batch)
    if (status !== 429 && status !== 503) throw toSearchError(error)
    const { headers } = error as InstanceType<typeof errors.ResponseError>
    return { refusals: [], busy: batch, reason: `${status}`, retryAfterMs: (Number(headers?.['retry-after']) || 0) * 1_000 }
  }
  const answer: BatchAnswer = { refusals: [], busy: [], reason: '', retryAfterMs: 0 }
  if (!response.errors) return answer
  for (const [at, item] of response.items.entries()) {
    const line = batch[at]!
    const { status, error } = (item.index ?? item.delete)!
    // 409: a newer version is there already. 404 without error: deleted already.
    if (!error || status === 409) continue
    const reason = `${error.type}: ${error.reason ?? ''}${error.caused_by?.reason ? ` (${error.caused_by.reason})` : ''}`
    // 429: the queue is full. 503: a part of the index is moving to another node.
    if (status === 429 || status === 503) {
      answer.busy.push(line)
      answer.reason = reason
    } else if (status === 400) answer.refusals.push(refusal(line, reason))
    else throw searchUnavailable(`Elasticsearch could not write ${line.id}: ${reason}`)
  }
  return answer
}

const responseFields = 'errors,items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by.reason'

async function tryHalves(target: BulkTarget, batch: BulkLine[]): Promise<BatchAnswer> {
  if (batch.length === 1) {
    const refused = refusal(batch[0]!, 'larger than Elasticsearch takes in one request')
    return { refusals: [refused], busy: [], reason: '', retryAfterMs: 0 }
  }
  target.pace.tooLarge(batch.reduce((sum, line) => sum + line.bytes.length, 0))
  const middle = batch.length >> 1
  const first = await tryBatch(target, batch.slice(0, middle))
  const second = await tryBatch(target, batch.slice(middle))
  return {
    refusals: [...first.refusals, ...second.refusals],
    busy: [...first.busy, ...second.busy],
    reason: second.reason || first.reason,
    retryAfterMs: Math.max(first.retryAfterMs, second.retryAfterMs),
  }
}

function refusal({ id }: BulkLine, reason: string): Refusal {
  return { id, reason, at: new Date().toISOString() }
}
