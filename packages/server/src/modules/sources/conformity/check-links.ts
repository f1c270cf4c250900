import { type Fetcher, type FetchResponse, isHarvestError } from '@edufed/harvester'
import type { ConformityFacts } from './score.js'

const timeoutMs = 10_000

/**
 * Opens each address once, through the guarded fetcher that asks a host one question at a time; the body is not read.
 * A host that gives no answer is not asked again. When none gives any, this node's own network may be at fault, and nothing is told.
 */
export async function checkLinks(urls: readonly string[], fetcher: Fetcher, signal: AbortSignal): Promise<ConformityFacts['links']> {
  const silentHosts = new Set<string>()
  const broken: { url: string; reason: string }[] = []
  let checked = 0
  let answered = 0
  for (const url of urls) {
    const { host } = new URL(url)
    if (silentHosts.has(host)) continue
    const result = await open(url, fetcher, signal)
    if (result === 'refused') continue
    checked += 1
    if (typeof result === 'string') {
      silentHosts.add(host)
      broken.push({ url, reason: result })
      continue
    }
    answered += 1
    if (isBroken(result.status)) broken.push({ url, reason: `HTTP status ${result.status}` })
  }
  return answered === 0 ? { checked: 0, broken: [] } : { checked, broken }
}

/** @returns The answer; why there is none; or `refused` when this node may not ask there. */
async function open(url: string, fetcher: Fetcher, stopping: AbortSignal): Promise<Pick<FetchResponse, 'status'> | string> {
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetcher.get(url, { signal: AbortSignal.any([stopping, timeout]), timeoutMs, retryStatuses: [] })
    for await (const _ of response.body) break
    return response
  } catch (error) {
    stopping.throwIfAborted()
    if (timeout.aborted) return `no answer within ${timeoutMs / 1_000} s`
    if (!isHarvestError(error)) throw error
    if (error.code === 'EDUFED_FETCH_REFUSED_ADDRESS') return 'refused'
    // A page that is larger than was read is there all the same.
    if (error.code === 'EDUFED_FETCH_TRUNCATED' || error.code === 'EDUFED_FETCH_TOO_LARGE') return { status: 200 }
    return error.message.replace(/\.$/, '')
  }
}

/** Pages that ask for a log-in, or that are busy, are there. */
function isBroken(status: number): boolean {
  return status >= 400 && ![401, 403, 405, 407, 408, 425, 429, 451, 503].includes(status)
}
