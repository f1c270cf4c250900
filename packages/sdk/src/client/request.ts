import { AbortError } from '../errors/abort-error.js'
import { isEdufedError } from '../errors/edufed-error.js'
import { NetworkError } from '../errors/network-error.js'
import { ProtocolError } from '../errors/protocol-error.js'
import { TimeoutError } from '../errors/timeout-error.js'
import { toApiError } from './api-error.js'
import type { Connection } from './connection.js'
import { isTransient, toDelayMs } from './retry.js'
import { type Query, toLabel, toUrl } from './url.js'
import { assertNotAborted, wait } from './wait.js'

/** Options of every call. */
export interface CallOptions {
  /** Stops the call, also while it waits to try again. */
  signal?: AbortSignal
}

export interface RequestSpec extends CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: readonly string[]
  query?: Query
  headers?: Record<string, string>
  /** Sent as JSON. */
  json?: unknown
  /** Sent as it is; its type stands in `headers`. */
  body?: Uint8Array<ArrayBuffer>
  /** True for a POST that changes nothing. */
  isRead?: boolean
  timeoutMs?: number
  /** Goes on when the page that sent it is left. */
  keepalive?: boolean
}

/** The answer's JSON. Sent again after a failure that may pass, when that is safe. */
export async function requestJson<T>(connection: Connection, spec: RequestSpec): Promise<T> {
  return repeat(connection, spec, () => attempt(connection, spec, 'application/json', readJson<T>))
}

/** An open answer, to be read as a stream; one attempt. */
export function requestStream(connection: Connection, spec: RequestSpec, accept: string): Promise<Response> {
  return attempt(connection, spec, accept, async (response, label) => {
    const type = response.headers.get('content-type') ?? 'nothing'
    if (type.startsWith(accept) && response.body) return response
    await response.body?.cancel()
    throw new ProtocolError(`${label} answered ${type} instead of ${accept}`)
  })
}

/** Calls `run` until it succeeds, fails for good, or the retries are used up. */
async function repeat<T>(
  connection: Connection,
  spec: Pick<RequestSpec, 'signal' | 'method' | 'headers' | 'isRead'>,
  run: () => Promise<T>,
): Promise<T> {
  const isSafe = spec.isRead || (spec.method ?? 'GET') === 'GET' || spec.headers?.['idempotency-key'] !== undefined
  for (let count = 0; ; count++) {
    try {
      return await run()
    } catch (error) {
      if (!isSafe || count >= connection.retries || !isTransient(error)) throw error
      await wait(toDelayMs(error, count), spec.signal)
    }
  }
}

async function attempt<T>(
  connection: Connection,
  spec: RequestSpec,
  accept: string,
  read: (response: Response, label: string) => Promise<T>,
): Promise<T> {
  const { method = 'GET', signal, json, timeoutMs = connection.timeoutMs } = spec
  const url = toUrl(connection.baseUrl, spec.path, spec.query)
  const label = `${method} ${toLabel(url)}`
  assertNotAborted(signal)
  const controller = new AbortController()
  const onAbort = () => controller.abort()
  signal?.addEventListener('abort', onAbort)
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    controller.abort()
  }, timeoutMs)
  try {
    const response = await connection.fetch(url, {
      method,
      headers: { accept, ...connection.headers, ...(json !== undefined && { 'content-type': 'application/json' }), ...spec.headers },
      body: json === undefined ? spec.body : JSON.stringify(json),
      signal: controller.signal,
      ...(spec.keepalive && { keepalive: true }),
    })
    if (!response.ok) throw toApiError(response.status, await response.text(), (name) => response.headers.get(name), label)
    return await read(response, label)
  } catch (error) {
    if (signal?.aborted) throw new AbortError(`${label} was stopped by the abort signal`, signal.reason)
    if (isLate) throw new TimeoutError(`${label} took longer than ${timeoutMs} ms`)
    throw isEdufedError(error) ? error : new NetworkError(`${label} did not get through`, error)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

async function readJson<T>(response: Response, label: string): Promise<T> {
  const text = await response.text()
  if (text === '') return undefined as T
  try {
    return JSON.parse(text) as T
  } catch (error) {
    throw new ProtocolError(`${label} answered ${response.headers.get('content-type') ?? 'something'} instead of JSON`, error)
  }
}
