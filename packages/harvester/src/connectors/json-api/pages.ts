import type { Issue } from '@edufed/sdk/schemas'
import { textsAt } from '../../crosswalks/json-path.js'
import { HarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import { fingerprint } from '../../quality/fingerprint.js'
import type { ConnectorContext, HarvestEnd, HarvestItem, HarvestPage } from '../connector.js'
import { type DocumentContext, type FetchedDocument, fetchDocument } from '../fetch-document.js'
import { type JsonPage, parsePage, toItem } from './items.js'
import type { JsonApiSettings } from './settings.js'

/**
 * Reads a list page by page until a page is empty or leads no further. All items are read in each run, so that what is no longer listed is deleted.
 *
 * @throws {HarvestError} When a page cannot be read, or the same page comes again and again.
 */
export async function* readPages(settings: JsonApiSettings, context: ConnectorContext): AsyncGenerator<HarvestPage, HarvestEnd> {
  const start = context.checkpoint
  const isResumed = typeof start?.url === 'string' && isSameOrigin(start.url, settings.url)
  let url: string | undefined = isResumed ? String(start?.url) : firstUrl(settings)
  let taken = isResumed && typeof start?.taken === 'number' ? start.taken : 0
  const visited = new Set<string>()
  let lastContent = ''
  let total: number | undefined
  for (let pages = 0; url !== undefined; pages++) {
    if (visited.has(url)) throw endless(settings, 'a page is asked for again')
    if (pages >= (settings.maxPages ?? 10_000)) throw endless(settings, `it has more than ${pages} pages`)
    visited.add(url)
    const { raw } = await fetchPage(url, settings, context)
    const page = parsePage(raw, settings)
    const items = page.items.map((item) => toItem(item, settings))
    const content = fingerprint(...items.map(({ identifier }) => identifier))
    if (items.length > 0 && content === lastContent)
      throw endless(settings, 'it gives the same items for different pages; check the name of the parameter')
    lastContent = content
    taken += items.length
    total = findTotal(page.answer) ?? total
    const next = findNext(page, url, taken, settings)
    const checkpoint = next === undefined ? {} : { url: next, taken }
    const issues = [
      ...findRepeated(items),
      ...(next === undefined && total !== undefined && taken < total ? [incomplete(taken, total)] : []),
    ]
    yield { items, raw: [raw], checkpoint, issues, ...(total !== undefined && { expectedRecords: total }) }
    url = next
  }
  return { next: {}, isFullList: !isResumed && (total === undefined || taken >= total) }
}

export function fetchPage(url: string, settings: JsonApiSettings, context: DocumentContext): Promise<FetchedDocument> {
  const { token, maxPageBytes } = settings
  return fetchDocument(url, context, {
    accept: 'application/json, */*;q=0.5',
    maxBytes: maxPageBytes ?? 67_108_864,
    // A token is for the host that it was given for.
    headers: token !== undefined && isSameOrigin(url, settings.url) ? { authorization: `Bearer ${token}` } : {},
  })
}

export function firstUrl({ url, paging }: JsonApiSettings): string {
  if (paging?.by === 'page') return withParameter(url, paging.parameter, String(paging.first ?? 1))
  return url
}

function findNext({ answer, items }: JsonPage, url: string, taken: number, { paging }: JsonApiSettings): string | undefined {
  if (!paging) return undefined
  if (paging.by === 'next') {
    const address = textsAt(answer, paging.path)[0]
    return address !== undefined && URL.canParse(address, url) ? new URL(address, url).href : undefined
  }
  if (paging.by === 'cursor') {
    const cursor = textsAt(answer, paging.path)[0]
    return cursor === undefined ? undefined : withParameter(url, paging.parameter, cursor)
  }
  if (items.length === 0) return undefined
  if (paging.by === 'offset') return withParameter(url, paging.parameter, String(taken))
  const page = Number(new URL(url).searchParams.get(paging.parameter))
  return withParameter(url, paging.parameter, String(page + 1))
}

function withParameter(url: string, name: string, value: string): string {
  const address = new URL(url)
  address.searchParams.set(name, value)
  return address.href
}

function isSameOrigin(url: string, other: string): boolean {
  return URL.canParse(url) && new URL(url).origin === new URL(other).origin
}

/** The number of all items, where the answer tells it under a usual name. */
function findTotal(answer: unknown): number | undefined {
  for (const place of ['', 'meta.', 'data.', 'page.', 'pagination.']) {
    for (const name of ['total', 'totalCount', 'total_count', 'totalItems', 'totalElements']) {
      const [text] = textsAt(answer, place + name)
      if (text !== undefined && /^\d{1,9}$/.test(text)) return Number(text)
    }
  }
  return undefined
}

function incomplete(taken: number, total: number): Issue {
  const message = `The API tells of ${total} items but gave ${taken}: say in the settings how the next page is asked for; nothing is deleted until then`
  return { code: 'list.incomplete', path: 'paging', message, severity: 'warning' }
}

function findRepeated(items: readonly HarvestItem[]): Issue[] {
  const repeated = items.length - new Set(items.map(({ identifier }) => identifier)).size
  if (repeated === 0) return []
  const message = `${repeated} items of a page have an identifier that another one has; the last item of an identifier holds`
  return [{ code: 'identifier.duplicate', path: 'id', message, severity: 'warning' }]
}

function endless({ url }: JsonApiSettings, reason: string): HarvestError {
  return new HarvestError('EDUFED_LIST_ENDLESS', { url: redactUrl(url), reason })
}
