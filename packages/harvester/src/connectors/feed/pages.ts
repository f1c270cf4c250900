import { HarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { Checkpoint, ConnectorContext, HarvestEnd, HarvestPage } from '../connector.js'
import { type FetchedDocument, fetchDocument } from '../fetch-document.js'
import { parseFeedPage } from './feed-page.js'
import { toItems } from './items.js'
import type { FeedSettings } from './settings.js'

const repeatedPages = 3

/**
 * Reads a feed page by page, as its links with `rel="next"` and the entries of OPDS navigation feeds lead on. A feed of one page that the server
 * declares unchanged is not read again.
 *
 * @throws {HarvestError} When a page cannot be read, or the feed leads on without an end.
 */
export async function* readPages(settings: FeedSettings, context: ConnectorContext): AsyncGenerator<HarvestPage, HarvestEnd> {
  const resumed = readQueue(context.checkpoint)
  const queue = resumed ?? [settings.url]
  const visited = new Set<string>()
  const seen = new Set<string>()
  let repeated = 0
  let isComplete = settings.isComplete === true
  let first: FetchedDocument | undefined
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    if (visited.size >= (settings.maxPages ?? 5000)) throw endless(settings.url, `it has more than ${visited.size} pages`)
    visited.add(url)
    const document = await fetchFeedPage(url, settings, context, first === undefined && resumed === undefined)
    if (document.status === 304) return { next: context.since ?? {}, isFullList: false }
    first ??= document
    const page = parseFeedPage({ ...document.raw, url: document.url }, settings)
    const items = toItems(page, settings)
    isComplete ||= page.isComplete
    const isRepeated = items.length > 0 && items.every(({ identifier }) => seen.has(identifier))
    repeated = isRepeated ? repeated + 1 : 0
    if (repeated >= repeatedPages) throw endless(settings.url, `${repeatedPages} pages one after the other repeat earlier entries`)
    for (const { identifier } of items) seen.add(identifier)
    for (const next of page.next) if (!visited.has(next) && !queue.includes(next)) queue.push(next)
    yield { items, raw: [{ ...document.raw, url: document.url }], checkpoint: { queue: [...queue] } }
  }
  const isWhole = resumed === undefined
  return { next: isWhole && visited.size === 1 && first ? toValidators(first) : {}, isFullList: isComplete && isWhole }
}

function fetchFeedPage(url: string, settings: FeedSettings, context: ConnectorContext, isFirst: boolean): Promise<FetchedDocument> {
  const { etag, lastModified } = isFirst ? (context.since ?? {}) : {}
  const hasValidator = typeof etag === 'string' || typeof lastModified === 'string'
  return fetchDocument(url, context, {
    accept: 'application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5',
    maxBytes: settings.maxPageBytes ?? 33_554_432,
    expected: hasValidator ? [304] : [],
    headers: {
      ...(typeof etag === 'string' && { 'if-none-match': etag }),
      ...(typeof lastModified === 'string' && { 'if-modified-since': lastModified }),
    },
  })
}

function readQueue(checkpoint: Checkpoint | undefined): string[] | undefined {
  const queue = checkpoint?.queue
  return Array.isArray(queue) ? queue.filter((url) => typeof url === 'string') : undefined
}

function toValidators({ headers }: FetchedDocument): Checkpoint {
  const { etag, 'last-modified': lastModified } = headers
  return { ...(typeof etag === 'string' && { etag }), ...(typeof lastModified === 'string' && { lastModified }) }
}

function endless(url: string, reason: string): HarvestError {
  return new HarvestError('EDUFED_LIST_ENDLESS', { url: redactUrl(url), reason })
}
