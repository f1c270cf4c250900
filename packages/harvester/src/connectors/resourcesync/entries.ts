import { HarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { RawResponse } from '../connector.js'
import type { DocumentContext } from '../fetch-document.js'
import type { SitemapEntry } from '../sitemap/sitemap-document.js'
import { fetchList, toAddress } from './capabilities.js'

/** The entries of resource lists or change lists. */
export interface ListEntries {
  entries: SitemapEntry[]
  /** Resource lists: the moment that all of them describe at least. */
  at?: string
  /** Change lists: changes are told from this moment on. */
  from?: string
  raw: RawResponse[]
}

const maxLists = 2000

/**
 * Reads lists and the lists that their indexes name, each once.
 *
 * @param since - Change lists that ended before this moment are not read.
 * @throws {HarvestError} When one of them cannot be read: a list with a hole would look like deleted records.
 */
export async function readEntries(
  urls: readonly string[],
  options: { limit: number; since?: string; what?: string },
  context: DocumentContext,
): Promise<ListEntries> {
  const result: ListEntries = { entries: [], raw: [] }
  const visited = new Set<string>()
  const queue = [...urls]
  let hasUndated = false
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    if (visited.has(url)) continue
    if (visited.size >= maxLists) throw tooLarge(url, maxLists, 'lists')
    visited.add(url)
    const { document, raw } = await fetchList(url, context)
    result.raw.push(raw)
    const { at, from } = document.md
    if (document.kind === 'index') {
      for (const { loc, md } of document.entries) {
        const target = toAddress(loc, url)
        const isOver = options.since !== undefined && md.until !== undefined && isBefore(md.until, options.since)
        if (target && !isOver) queue.push(target)
      }
    } else {
      for (const entry of document.entries) {
        const loc = toAddress(entry.loc, url)
        if (loc) result.entries.push({ ...entry, loc })
      }
      if (result.entries.length > options.limit) throw tooLarge(urls[0] ?? url, options.limit, options.what ?? 'resources')
      if (at === undefined) hasUndated = true
      else if (result.at === undefined || isBefore(at, result.at)) result.at = at
    }
    if (from !== undefined && (result.from === undefined || isBefore(from, result.from))) result.from = from
  }
  if (hasUndated) delete result.at
  return result
}

/** Moments as written; what is no time counts as not before. */
export function isBefore(first: string, second: string): boolean {
  return Date.parse(first) < Date.parse(second)
}

function tooLarge(url: string, limit: number, what: string): HarvestError {
  return new HarvestError('EDUFED_LIST_TOO_LARGE', { url: redactUrl(url), limit, what })
}
