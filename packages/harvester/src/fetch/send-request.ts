import http, { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import https from 'node:https'
import { HarvestError, isHarvestError } from '../errors.js'
import type { FetchOptions } from './fetcher.js'
import type { GuardedAgents } from './guarded-agents.js'
import { redactUrl } from './redact-url.js'

export interface RequestTimeouts {
  connectMs: number
  responseMs: number
}

/** The head of an answer, with its body as it came over the wire. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: AsyncIterable<Uint8Array>
  destroy(): void
}

export interface SendOptions extends Pick<FetchOptions, 'signal' | 'accept' | 'headers' | 'form' | 'basicAuth'> {
  userAgent: string
  agents: GuardedAgents
  timeouts: RequestTimeouts
}

/**
 * Sends one request: no redirect, no second attempt, no decompression.
 *
 * @throws {HarvestError} `EDUFED_FETCH_REFUSED_ADDRESS`, `EDUFED_FETCH_TIMEOUT` or `EDUFED_FETCH_FAILED`.
 */
export function sendRequest(url: URL, options: SendOptions): Promise<Answer> {
  const address = new URL(url)
  address.username = ''
  address.password = ''
  return new Promise<Answer>((resolve, reject) => {
    const { signal } = options
    const form = options.form && new URLSearchParams(options.form).toString()
    const request = openRequest(address, options, form)
    const stopClock = watchClock(request, options.timeouts)
    request.once('response', (response: IncomingMessage) => {
      stopClock()
      // Without a reader, a late failure would have no listener.
      response.on('error', () => {})
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: response, destroy: () => response.destroy() })
    })
    request.on('error', (error) => {
      stopClock()
      reject(signal.aborted ? signal.reason : toHarvestError(error, redactUrl(address.href)))
    })
    request.once('close', () => {
      stopClock()
      reject(toHarvestError(Object.assign(new Error('closed'), { code: 'ECONNRESET' }), redactUrl(address.href)))
    })
    request.end(form)
  })
}

function openRequest(address: URL, options: SendOptions, form: string | undefined): ClientRequest {
  const { signal, agents } = options
  const method = form === undefined ? 'GET' : 'POST'
  const headers = toHeaders(options, form)
  try {
    if (address.protocol === 'https:') return https.request(address, { method, headers, signal, agent: agents.https })
    return http.request(address, { method, headers, signal, agent: agents.http })
  } catch (error) {
    throw toHarvestError(error, redactUrl(address.href))
  }
}

function toHeaders({ userAgent, accept, headers, basicAuth }: SendOptions, form: string | undefined): Record<string, string> {
  return {
    'user-agent': userAgent,
    'accept-encoding': 'gzip, deflate, br',
    ...(accept ? { accept } : {}),
    ...(form === undefined
      ? {}
      : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(form)) }),
    ...headers,
    ...(basicAuth ? { authorization: `Basic ${Buffer.from(`${basicAuth.username}:${basicAuth.password}`).toString('base64')}` } : {}),
  }
}

class PhaseTimeout extends Error {
  override readonly name = 'PhaseTimeout'
  readonly phase: string

  constructor(phase: string) {
    super(`timed out: ${phase}`)
    this.phase = phase
  }
}

/** Ends the request when one of its phases takes too long. @returns Stops the clock. */
function watchClock(request: ClientRequest, { connectMs, responseMs }: RequestTimeouts): () => void {
  let timer: NodeJS.Timeout | undefined
  const stop = () => clearTimeout(timer)
  const start = (phase: string, ms: number) => {
    stop()
    timer = setTimeout(() => request.destroy(new PhaseTimeout(phase)), ms)
  }
  request.once('socket', (socket) => {
    if (request.destroyed) return
    if (!socket.connecting) return start('response', responseMs)
    start('lookup', connectMs)
    socket.once('lookup', () => start('connect', connectMs))
    socket.once('connect', () => (request.protocol === 'https:' ? start('secureConnect', connectMs) : start('response', responseMs)))
    socket.once('secureConnect', () => start('response', responseMs))
    request.once('close', stop)
  })
  return stop
}

/** What a failure of the transport means to the one who reads the report. */
function toHarvestError(error: unknown, url: string): HarvestError {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if (isHarvestError(cause)) return cause
  }
  if (error instanceof PhaseTimeout) {
    return new HarvestError('EDUFED_FETCH_TIMEOUT', { url, reason: `no answer in the time for "${error.phase}"` }, { cause: error })
  }
  return new HarvestError('EDUFED_FETCH_FAILED', { url, reason: describe(error) }, { cause: error })
}

function describe(error: unknown): string {
  switch (error instanceof Error && 'code' in error ? error.code : '') {
    case 'ENOTFOUND':
      return 'the host name is not known'
    case 'ECONNREFUSED':
      return 'nothing listens there'
    case 'ECONNRESET':
    case 'EPIPE':
      return 'the connection was closed before an answer came'
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'there is no way to the host'
    default:
      return redactUrl(error instanceof Error ? error.message : String(error))
  }
}
