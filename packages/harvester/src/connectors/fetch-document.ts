import { HarvestError } from '../errors.js'
import { discardBody } from '../fetch/discard-body.js'
import type { FetchOptions } from '../fetch/fetcher.js'
import { readBody } from '../fetch/read-body.js'
import { redactUrl } from '../fetch/redact-url.js'
import type { ConnectorContext, RawResponse } from './connector.js'

export type DocumentContext = Pick<ConnectorContext, 'fetcher' | 'signal' | 'now'>

export interface DocumentOptions extends Pick<FetchOptions, 'accept' | 'maxBytes' | 'headers' | 'basicAuth'> {
  /** Statuses beside 200 that are handed back, with an empty body. */
  expected?: readonly number[]
}

export interface FetchedDocument {
  status: number
  /** Address after redirects. */
  url: string
  headers: Record<string, string | string[] | undefined>
  /** As it is kept for replay: under the address that was asked for. */
  raw: RawResponse
}

/** Gets a document whole. @throws {HarvestError} `EDUFED_FETCH_…`, also for a status that is neither 200 nor expected. */
export async function fetchDocument(url: string, context: DocumentContext, options: DocumentOptions = {}): Promise<FetchedDocument> {
  const { expected = [], ...request } = options
  const response = await context.fetcher.get(url, { signal: context.signal, ...request })
  const { status, headers } = response
  if (status !== 200) {
    await discardBody(response)
    if (!expected.includes(status)) throw new HarvestError('EDUFED_FETCH_STATUS', { url: redactUrl(url), status })
  }
  const raw = {
    url,
    mediaType: firstOf(headers['content-type']) ?? 'application/octet-stream',
    retrievedAt: context.now().toISOString(),
    body: status === 200 ? await readBody(response) : new Uint8Array(0),
  }
  return { status, url: response.url, headers, raw }
}

function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
