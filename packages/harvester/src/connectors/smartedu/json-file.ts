import { HarvestError } from '../../errors.js'
import { decodeText } from '../../fetch/charset.js'
import { discardBody } from '../../fetch/discard-body.js'
import type { Fetcher } from '../../fetch/fetcher.js'
import { readBody } from '../../fetch/read-body.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { RawResponse } from '../connector.js'

export interface JsonFileContext {
  fetcher: Fetcher
  signal: AbortSignal
  now: () => Date
}

/** Gets a static JSON file. The platform's three file hosts hold the same: the others are asked when one has not got it. @throws {HarvestError} */
export async function fetchJsonFile(url: string, context: JsonFileContext, maxBytes?: number): Promise<RawResponse> {
  let failure: unknown
  for (const mirror of mirrorsOf(url)) {
    try {
      return await fetchOnce(mirror, context, maxBytes)
    } catch (error) {
      context.signal.throwIfAborted()
      failure ??= error
    }
  }
  throw failure
}

async function fetchOnce(url: string, { fetcher, signal, now }: JsonFileContext, maxBytes: number | undefined): Promise<RawResponse> {
  const response = await fetcher.get(url, { signal, accept: 'application/json', ...(maxBytes && { maxBytes }) })
  if (response.status !== 200) {
    await discardBody(response)
    throw new HarvestError('EDUFED_FETCH_STATUS', { url: redactUrl(url), status: response.status })
  }
  const body = await readBody(response)
  const contentType = response.headers['content-type']
  return {
    url,
    mediaType: (Array.isArray(contentType) ? contentType[0] : contentType) ?? 'application/json',
    retrievedAt: now().toISOString(),
    body,
  }
}

function mirrorsOf(url: string): string[] {
  const host = /^(https?:\/\/s-file-)([123])(\.ykt\.cbern\.com\.cn\/.*)$/.exec(url)
  if (!host) return [url]
  const [, before, number, behind] = host
  return [url, ...['1', '2', '3'].filter((other) => other !== number).map((other) => `${before}${other}${behind}`)]
}

/** @throws {HarvestError} `EDUFED_JSON_HTML` or `EDUFED_JSON_INVALID` */
export function parseJsonFile(raw: RawResponse): unknown {
  const text = toText(raw)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw toJsonError(text, raw.url, error)
  }
}

export function toText(raw: RawResponse): string {
  return decodeText(raw.body, raw.mediaType).text.replace(/^\ufeff/, '')
}

export function toJsonError(text: string, url: string, cause: unknown): HarvestError {
  if (/^\s*<(!doctype|html|head|body|\?xml)/i.test(text.slice(0, 500))) {
    const title = /<title[^>]*>([^<]{1,120})/i.exec(text.slice(0, 5000))?.[1]?.trim()
    return new HarvestError('EDUFED_JSON_HTML', { url: redactUrl(url), title: title ? ` ("${title}")` : '' }, { cause })
  }
  const reason = text.trim() === '' ? 'it is empty' : cause instanceof Error ? cause.message.slice(0, 200) : 'it cannot be parsed'
  return new HarvestError('EDUFED_JSON_INVALID', { url: redactUrl(url), reason }, { cause })
}
