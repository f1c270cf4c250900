import type { IncomingHttpHeaders } from 'node:http'
import got, { type OptionsInit, type Request, RequestError, TimeoutError } from 'got'
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
 * Sends one request: no redirect, no second attempt.
 *
 * @throws {HarvestError} `EDUFED_FETCH_REFUSED_ADDRESS`, `EDUFED_FETCH_TIMEOUT` or `EDUFED_FETCH_FAILED`.
 */
export function sendRequest(url: URL, options: SendOptions): Promise<Answer> {
  const address = new URL(url)
  address.username = ''
  address.password = ''
  const request = got.stream(address, toGotOptions(options))
  return new Promise<Answer>((resolve, reject) => {
    request.once('response', (response: { statusCode: number; headers: IncomingHttpHeaders }) => {
      // Without a reader, a late failure would have no listener.
      request.on('error', () => {})
      resolve({ status: response.statusCode, headers: response.headers, body: request, destroy: () => destroyQuietly(request) })
    })
    request.once('error', (error) =>
      reject(options.signal.aborted ? options.signal.reason : toHarvestError(error, redactUrl(address.href))),
    )
  })
}

/** What a failure of the transport means to the one who reads the report. */
export function toHarvestError(error: unknown, url: string): HarvestError {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if (isHarvestError(cause)) return cause
  }
  if (error instanceof TimeoutError) {
    return new HarvestError('EDUFED_FETCH_TIMEOUT', { url, reason: `no answer in the time for "${error.event}"` }, { cause: error })
  }
  const code = error instanceof RequestError ? error.code : undefined
  return new HarvestError('EDUFED_FETCH_FAILED', { url, reason: describe(code, error) }, { cause: error })
}

function describe(code: string | undefined, error: unknown): string {
  switch (code ?? '') {
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

function toGotOptions({
  signal,
  accept,
  headers,
  form,
  basicAuth,
  userAgent,
  agents,
  timeouts,
}: SendOptions): OptionsInit & { isStream: true } {
  return {
    isStream: true,
    method: form ? 'POST' : 'GET',
    ...(form ? { form } : {}),
    headers: {
      'user-agent': userAgent,
      'accept-encoding': 'gzip, deflate, br',
      ...(accept ? { accept } : {}),
      ...headers,
      ...(basicAuth ? { authorization: `Basic ${Buffer.from(`${basicAuth.username}:${basicAuth.password}`).toString('base64')}` } : {}),
    },
    agent: { http: agents.http, https: agents.https },
    signal,
    decompress: false,
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    timeout: { lookup: timeouts.connectMs, connect: timeouts.connectMs, secureConnect: timeouts.connectMs, response: timeouts.responseMs },
  }
}

function destroyQuietly(request: Request): void {
  request.on('error', () => {})
  request.destroy()
}
