import robotsParser from 'robots-parser'
import { HarvestError } from '../../errors.js'
import { discardBody } from '../../fetch/discard-body.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { DocumentContext } from '../fetch-document.js'

const userAgent = 'Edufed-Harvester'
/** RFC 9309 asks for 500 KiB; what comes behind is not read. */
const maxRobotsBytes = 512_000
const longestPauseMs = 30_000

/** What the robots.txt of each host allows; it is fetched once a run. */
export interface Robots {
  /** @throws {HarvestError} `EDUFED_FETCH_…` when robots.txt cannot be had, which forbids everything (RFC 9309). */
  isAllowed(url: string): Promise<boolean>
  /** Pause between two requests that the host asks for. */
  pauseMs(url: string): Promise<number>
  sitemapsOf(url: string): Promise<string[]>
}

type Rules = Pick<ReturnType<typeof robotsParser.default>, 'isAllowed' | 'getCrawlDelay' | 'getSitemaps'>
// The package's types declare a default export, but what it exports is the function itself.
const parseRules = robotsParser as unknown as (url: string, text: string) => Rules

export function createRobots(context: DocumentContext): Robots {
  const byOrigin = new Map<string, Promise<Rules>>()
  const rulesOf = (url: string): Promise<Rules> => {
    const { origin } = new URL(url)
    const known = byOrigin.get(origin) ?? readRules(origin, context)
    byOrigin.set(origin, known)
    return known
  }
  return {
    isAllowed: async (url) => (await rulesOf(url)).isAllowed(url, userAgent) !== false,
    pauseMs: async (url) => Math.min(((await rulesOf(url)).getCrawlDelay(userAgent) ?? 0) * 1000, longestPauseMs),
    sitemapsOf: async (url) => (await rulesOf(url)).getSitemaps(),
  }
}

async function readRules(origin: string, { fetcher, signal }: DocumentContext): Promise<Rules> {
  const url = `${origin}/robots.txt`
  const response = await fetcher.get(url, { signal, accept: 'text/plain, */*;q=0.5' })
  if (response.status !== 200) {
    await discardBody(response)
    if (response.status >= 500 || response.status === 429) {
      throw new HarvestError('EDUFED_FETCH_STATUS', { url: redactUrl(url), status: response.status })
    }
    return parseRules(url, '')
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body) {
    chunks.push(chunk)
    bytes += chunk.byteLength
    if (bytes >= maxRobotsBytes) break
  }
  const text = Buffer.concat(chunks).subarray(0, maxRobotsBytes).toString('utf8')
  return parseRules(url, text)
}
