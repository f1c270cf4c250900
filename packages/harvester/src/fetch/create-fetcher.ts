import type dns from 'node:dns'
import { setTimeout as delay } from 'node:timers/promises'
import PQueue from 'p-queue'
import { HarvestError, isHarvestError } from '../errors.js'
import { createAddressGuard } from './address-guard.js'
import { readBounded } from './bounded-body.js'
import type { Fetcher, FetchOptions, FetchResponse } from './fetcher.js'
import { createGuardedAgents } from './guarded-agents.js'
import { HostPace } from './host-pace.js'
import { redactUrl } from './redact-url.js'
import { toRetryDelayMs } from './retry-after.js'
import { type Answer, type RequestTimeouts, type SendOptions, sendRequest } from './send-request.js'

export interface FetcherOptions {
  /** Private networks that may be reached, as CIDR. @default none */
  allowNetworks?: readonly string[]
  /** @default Edufed-Harvester/1.0 */
  userAgent?: string
  /** Requests at a time to one host. @default 1 */
  concurrencyPerHost?: number
  /** Pause between two requests to one host, in milliseconds. @default 0 */
  minIntervalMs?: number
  /** Answers that take longer than this, and much longer than usual, make the pauses between requests to the host longer, in milliseconds. @default 1000 */
  slowMs?: number
  /** Longest such pause, in milliseconds. @default 30_000 */
  maxPauseMs?: number
  /** Further attempts after a network error, 429 or 5xx. @default 4 */
  maxRetries?: number
  /** First back-off in milliseconds; it doubles with each attempt. @default 1000 */
  backoffMs?: number
  /** Longest time that a Retry-After is obeyed, in milliseconds. @default 300_000 */
  maxRetryAfterMs?: number
  /** Longest silence while a body is read, in milliseconds. @default 60_000 */
  idleTimeoutMs?: number
  /** Time for the first byte of an answer, in milliseconds. @default 60_000 */
  responseTimeoutMs?: number
  /** Time to connect, in milliseconds. @default 15_000 */
  connectTimeoutMs?: number
  /** Name resolution, replaceable in tests. */
  lookup?: typeof dns.lookup
  now?: () => Date
}

const defaults = {
  allowNetworks: [],
  userAgent: 'Edufed-Harvester/1.0',
  concurrencyPerHost: 1,
  minIntervalMs: 0,
  slowMs: 1000,
  maxPauseMs: 30_000,
  maxRetries: 4,
  backoffMs: 1000,
  maxRetryAfterMs: 300_000,
  idleTimeoutMs: 60_000,
  responseTimeoutMs: 60_000,
  connectTimeoutMs: 15_000,
}
const defaultRetryStatuses = [408, 425, 429, 500, 502, 503, 504]
const maxRedirects = 10
const maxParallel = 8
/** An answer whose body nobody begins to read gives its place in the queue back after this time. */
const abandonedMs = 30_000

/**
 * Makes a fetcher that is polite to each host and never connects to a private address that was not allowed.
 *
 * @throws {HarvestError} `EDUFED_SETTINGS_INVALID` when a network is not written as CIDR.
 */
export function createFetcher(options: FetcherOptions = {}): Fetcher & { close(): void } {
  const resolved = { ...defaults, ...options }
  const now = options.now ?? (() => new Date())
  const agents = createGuardedAgents(createAddressGuard(resolved.allowNetworks), options.lookup)
  const queues = new Map<string, PQueue>()
  const paces = new Map<string, HostPace>()
  const timeouts: RequestTimeouts = { connectMs: resolved.connectTimeoutMs, responseMs: resolved.responseTimeoutMs }

  const queueOf = (host: string, parallel = 1): PQueue => {
    let queue = queues.get(host)
    if (!queue) {
      const interval = resolved.minIntervalMs > 0 ? { interval: resolved.minIntervalMs, intervalCap: 1 } : {}
      queue = new PQueue({ concurrency: resolved.concurrencyPerHost, ...interval })
      queues.set(host, queue)
    }
    const allowed = Math.min(parallel, maxParallel)
    if (allowed > queue.concurrency) queue.concurrency = allowed
    return queue
  }

  const paceOf = (host: string): HostPace => {
    const pace = paces.get(host) ?? new HostPace(resolved)
    paces.set(host, pace)
    return pace
  }

  /** Sends a request at the pace of its host. */
  const send = async (url: URL, options: SendOptions): Promise<Answer> => {
    const pace = paceOf(url.host)
    // A request that waits is told when the host asks all of them to wait longer.
    for (let ms = pace.takeTurn(performance.now()); ms > 0; ms = pace.heldMs(performance.now())) {
      await delay(ms, undefined, { signal: options.signal })
    }
    const startedAt = performance.now()
    try {
      return await sendRequest(url, options)
    } finally {
      pace.note(performance.now() - startedAt)
    }
  }

  const follow = async (start: URL, request: FetchOptions): Promise<{ answer: Answer; url: URL }> => {
    let url = start
    let { form, basicAuth } = withCredentials(start, request)
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const answer = await send(url, { ...request, form, basicAuth, userAgent: resolved.userAgent, agents, timeouts })
      const location = [301, 302, 303, 307, 308].includes(answer.status) ? answer.headers.location : undefined
      if (!location) return { answer, url }
      answer.destroy()
      const next = toWebAddress(location, url)
      if (next.origin !== url.origin) basicAuth = undefined
      if (answer.status === 303) form = undefined
      url = next
    }
    throw new HarvestError('EDUFED_FETCH_TOO_MANY_REDIRECTS', { url: redactUrl(start.href), limit: maxRedirects })
  }

  const attempt = async (start: URL, request: FetchOptions): Promise<{ answer: Answer; url: URL }> => {
    const retryStatuses = request.retryStatuses ?? defaultRetryStatuses
    for (let tries = 0; ; tries++) {
      request.signal.throwIfAborted()
      const isLast = tries >= resolved.maxRetries
      const backoff = Math.min(resolved.backoffMs * 2 ** tries, resolved.maxRetryAfterMs)
      try {
        const result = await follow(start, request)
        if (isLast || !retryStatuses.includes(result.answer.status)) return result
        result.answer.destroy()
        if (result.answer.status === 429 || result.answer.status === 503) paceOf(result.url.host).noteOverload()
        const asked = toRetryDelayMs(asText(result.answer.headers['retry-after']), now(), resolved.maxRetryAfterMs)
        if (asked !== undefined) paceOf(result.url.host).hold(performance.now() + asked)
        await delay(asked ?? backoff, undefined, { signal: request.signal })
      } catch (error) {
        request.signal.throwIfAborted()
        if (isLast || !isWorthAnotherTry(error)) throw error
        await delay(backoff, undefined, { signal: request.signal })
      }
    }
  }

  return {
    get: (address, request) =>
      new Promise<FetchResponse>((resolve, reject) => {
        const start = toWebAddress(address)
        const job = async () => {
          const { answer, url } = await attempt(start, request)
          const body = readBounded(answer, {
            url: redactUrl(url.href),
            maxBytes: request.maxBytes ?? 64 * 1024 * 1024,
            timeoutMs: request.timeoutMs ?? 120_000,
            idleTimeoutMs: resolved.idleTimeoutMs,
            abandonedMs,
            signal: request.signal,
          })
          resolve({ url: withoutCredentials(url), status: answer.status, headers: answer.headers, body })
          await body.settled
        }
        queueOf(start.host, request.parallel).add(job, { signal: request.signal }).catch(reject)
      }),
    close: () => agents.destroy(),
  }
}

function isWorthAnotherTry(error: unknown): boolean {
  return isHarvestError(error) && (error.code === 'EDUFED_FETCH_FAILED' || error.code === 'EDUFED_FETCH_TIMEOUT')
}

function toWebAddress(address: string, base?: URL): URL {
  const url = URL.canParse(address, base) ? new URL(address, base) : undefined
  if (!url) throw new HarvestError('EDUFED_FETCH_INVALID_URL', { url: redactUrl(address.slice(0, 500)), reason: 'it is no address' })
  if (url.protocol === 'http:' || url.protocol === 'https:') return url
  throw new HarvestError('EDUFED_FETCH_INVALID_URL', { url: redactUrl(url.href), reason: `${url.protocol} is neither http: nor https:` })
}

function withCredentials(url: URL, request: FetchOptions): Pick<FetchOptions, 'form' | 'basicAuth'> {
  const inAddress = url.username !== '' || url.password !== ''
  const basicAuth =
    request.basicAuth ??
    (inAddress ? { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) } : undefined)
  return { form: request.form, basicAuth }
}

function withoutCredentials(url: URL): string {
  const copy = new URL(url)
  copy.username = ''
  copy.password = ''
  return copy.href
}

function asText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
