import { toBaseUrl, toRequestUrl } from '../connectors/oai-pmh/request-url.js'
import { HarvestError } from '../errors.js'
import type { Fetcher } from '../fetch/fetcher.js'
import { redactUrl } from '../fetch/redact-url.js'

/** Finds the connector for an address: by its ending where that is plain, else by what it answers. */
export async function detectKind(url: string, fetcher: Fetcher, signal: AbortSignal): Promise<string> {
  if (!URL.canParse(url)) throw new HarvestError('EDUFED_FETCH_INVALID_URL', { url, reason: 'it is no address' })
  const { pathname } = new URL(url)
  if (/\.(csv|tsv|xlsx)$/i.test(pathname)) return 'table'
  if (/data_version\.json$|\/ndrs\//i.test(pathname)) return 'smartedu'
  const response = await fetcher.get(toRequestUrl(toBaseUrl(url), 'Identify'), { signal })
  const head = await readHead(response.body)
  const type = String(response.headers['content-type'] ?? '')
  if (/<(?:[\w.-]+:)?OAI-PMH[\s>]/i.test(head)) return 'oai-pmh'
  if (/"module_version"|"urls"\s*:/.test(head)) return 'smartedu'
  if (head.startsWith('PK\u0003\u0004') || /text\/(csv|tab-separated-values)|spreadsheetml/i.test(type)) return 'table'
  const what = /<!doctype html|<html[\s>]/i.test(head)
    ? 'a web page'
    : response.status >= 400
      ? `HTTP status ${response.status}`
      : type || 'no known content'
  throw new HarvestError('EDUFED_SOURCE_UNRECOGNISED', { url: redactUrl(url), reason: `it is ${what}` })
}

async function readHead(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    bytes += chunk.byteLength
    if (bytes >= 65_536) break
  }
  return Buffer.concat(chunks).toString('utf8')
}
