import { toBaseUrl, toRequestUrl } from '../connectors/oai-pmh/request-url.js'
import { HarvestError, isHarvestError } from '../errors.js'
import type { Fetcher } from '../fetch/fetcher.js'
import { redactUrl } from '../fetch/redact-url.js'
import { type Answer, recognizeAnswer } from './recognize-answer.js'

const maxHeadBytes = 262_144

/** Finds the connector for an address: by what it answers, then by what stands at the places where a platform of a kind has something. */
export async function detectKind(url: string, fetcher: Fetcher, signal: AbortSignal): Promise<string> {
  if (!URL.canParse(url)) throw new HarvestError('EDUFED_FETCH_INVALID_URL', { url, reason: 'it is no address' })
  const isOai = async () => {
    const answer = await ask(toRequestUrl(toBaseUrl(url), 'Identify'), fetcher, signal).catch(ignoreFault)
    return answer !== undefined && recognizeAnswer(answer) === 'oai-pmh'
  }
  // Without a verb some repositories answer with an error, slowly.
  const isNamedOai = /oai|[?&]verb=/i.test(url)
  if (isNamedOai && (await isOai())) return 'oai-pmh'
  const answer = await ask(url, fetcher, signal)
  const kind = answer.status < 400 ? recognizeAnswer(answer) : undefined
  if (kind !== undefined) return kind
  if (!isNamedOai && (await isOai())) return 'oai-pmh'
  const site = isWebPage(answer) && answer.status < 400 ? await detectSite(answer, fetcher, signal) : undefined
  if (site) return site
  throw new HarvestError('EDUFED_SOURCE_UNRECOGNISED', { url: redactUrl(url), reason: tellAnswer(answer) })
}

/** A web site says where its lists are. */
async function detectSite({ url, head }: Answer, fetcher: Fetcher, signal: AbortSignal): Promise<string | undefined> {
  const at = async (path: string) => {
    const answer = await ask(new URL(path, url).href, fetcher, signal).catch(ignoreFault)
    return answer && answer.status === 200 ? answer : undefined
  }
  const description = await at('/.well-known/resourcesync')
  if (description && recognizeAnswer(description) === 'resourcesync') return 'resourcesync'
  const robots = await at('/robots.txt')
  if (robots && /^\s*sitemap\s*:\s*\S/im.test(robots.head)) return 'sitemap'
  const sitemap = await at('/sitemap.xml')
  if (sitemap && recognizeAnswer(sitemap) === 'sitemap') return 'sitemap'
  return /<a\s[^<>]*href\s*=\s*["']?[^"'<>\s]+\.(?:imscc|zip|pif)["'\s>]/i.test(head) ? 'package' : undefined
}

async function ask(url: string, fetcher: Fetcher, signal: AbortSignal): Promise<Answer> {
  const response = await fetcher.get(url, { signal })
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body) {
    chunks.push(chunk)
    bytes += chunk.byteLength
    if (bytes >= maxHeadBytes) break
  }
  const body = Buffer.concat(chunks)
  return {
    url,
    status: response.status,
    type: String(response.headers['content-type'] ?? ''),
    head: body.toString(encodingOf(body)).replace(/^\ufeff/, ''),
  }
}

/** What is no text is looked at byte by byte. */
function encodingOf(body: Buffer): BufferEncoding {
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf16le'
  return ['PK\u0003\u0004', '\u00d0\u00cf\u0011\u00e0', '\u001f\u008b'].some((magic) => body.toString('latin1', 0, 4).startsWith(magic))
    ? 'latin1'
    : 'utf8'
}

function ignoreFault(error: unknown): undefined {
  if (!isHarvestError(error)) throw error
  return undefined
}

function isWebPage({ head }: Answer): boolean {
  return /<!doctype html|<html[\s>]/i.test(head)
}

function tellAnswer(answer: Answer): string {
  if (answer.status >= 400) return `it is HTTP status ${answer.status}`
  if (isWebPage(answer)) return 'it is a web page, and the site names no sitemap'
  if (answer.head.trim() === '') return 'it is empty'
  const root = /^\s*(?:<\?[^>]*>\s*|<!--[\s\S]*?-->\s*)*<([\w:.-]+)/.exec(answer.head)?.[1]
  if (root !== undefined)
    return `it is the XML document <${root.slice(0, 60)}>; --kind feed --setting entry=NAME reads its records by a mapping`
  return `it is ${answer.type || 'no known content'}`
}
