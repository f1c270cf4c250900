import { HarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { RawResponse } from '../connector.js'
import { type DocumentContext, fetchDocument } from '../fetch-document.js'
import { parseSitemap, type SitemapDocument } from '../sitemap/sitemap-document.js'

/** What a source offers, by the addresses of its lists. */
export interface Capabilities {
  resourceLists: string[]
  changeLists: string[]
  resourceDumps: string[]
  changeDumps: string[]
  /** Names of further capabilities, such as resourcelist-archive. */
  others: string[]
  raw: RawResponse[]
}

const maxDocuments = 500
const maxListBytes = 67_108_864
/** Marks a kept answer that holds no records itself. */
export const listMark = '#resourcesync'

/** Follows source descriptions and capability lists, each once. @throws {HarvestError} `EDUFED_RESOURCESYNC_NOT_FOUND` when they lead to no list. */
export async function findCapabilities(url: string, context: DocumentContext): Promise<Capabilities> {
  const start = new URL(url).pathname === '/' ? new URL('/.well-known/resourcesync', url).href : url
  const found: Capabilities = { resourceLists: [], changeLists: [], resourceDumps: [], changeDumps: [], others: [], raw: [] }
  const visited = new Set<string>()
  const queue = [start]
  for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
    if (visited.has(address)) continue
    if (visited.size >= maxDocuments) {
      throw new HarvestError('EDUFED_LIST_TOO_LARGE', { url: redactUrl(url), limit: maxDocuments, what: 'capability lists' })
    }
    visited.add(address)
    const { document, raw } = await fetchList(address, context)
    const capability = document.md.capability?.toLowerCase() ?? ''
    if (capability !== 'description' && capability !== 'capabilitylist') {
      // The list itself was given; it is fetched again when it is read.
      if (!put(found, capability, address)) throw notFound(address, capability)
      continue
    }
    found.raw.push(raw)
    for (const entry of document.entries) {
      const named = entry.md.capability?.toLowerCase() ?? (document.kind === 'index' ? capability : 'capabilitylist')
      const target = toAddress(entry.loc, address)
      if (target === undefined) continue
      if (named === 'capabilitylist' || named === 'description') queue.push(target)
      else put(found, named, target)
    }
  }
  const { resourceLists, changeLists, resourceDumps, changeDumps } = found
  if ([resourceLists, changeLists, resourceDumps, changeDumps].every((urls) => urls.length === 0))
    throw notFound(url, found.others.join(', '))
  return found
}

export async function fetchList(url: string, context: DocumentContext): Promise<{ document: SitemapDocument; raw: RawResponse }> {
  const { raw } = await fetchDocument(url, context, { accept: 'application/xml, text/xml, */*;q=0.5', maxBytes: maxListBytes })
  return { document: parseSitemap(raw), raw: { ...raw, url: `${url}${listMark}` } }
}

export function toAddress(loc: string, base: string): string | undefined {
  const url = URL.canParse(loc, base) ? new URL(loc, base) : undefined
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined
}

/** @returns False when the capability is none that records are read by. */
function put(found: Capabilities, capability: string, url: string): boolean {
  if (capability === 'resourcelist') found.resourceLists.push(url)
  else if (capability === 'changelist') found.changeLists.push(url)
  else if (capability === 'resourcedump') found.resourceDumps.push(url)
  else if (capability === 'changedump') found.changeDumps.push(url)
  else {
    if (capability !== '' && !found.others.includes(capability)) found.others.push(capability)
    return false
  }
  return true
}

function notFound(url: string, capability: string): HarvestError {
  const reason =
    capability === ''
      ? 'it is a sitemap without ResourceSync; use the kind sitemap for it'
      : `it offers ${capability}, but no resource list, change list or dump`
  return new HarvestError('EDUFED_RESOURCESYNC_NOT_FOUND', { url: redactUrl(url), reason })
}
