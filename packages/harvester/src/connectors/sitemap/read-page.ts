import { isHarvestError } from '../../errors.js'
import type { HarvestItem, RawResponse } from '../connector.js'
import type { DocumentResult, ListedDocument } from '../document-run.js'
import { type DocumentContext, fetchDocument } from '../fetch-document.js'
import { toItems } from './page-items.js'
import type { Robots } from './robots.js'
import type { SitemapSettings } from './settings.js'

/** Reads one page. A page that is gone (404, 410) is a deleted record. */
export async function readPage(
  page: ListedDocument,
  settings: SitemapSettings,
  context: DocumentContext,
  robots: Robots,
): Promise<DocumentResult> {
  const { url, lastmod } = page
  try {
    if (!(await robots.isAllowed(url))) return { items: [], note: 'page.disallowed' }
    const { status, raw } = await fetchDocument(url, context, {
      accept: 'text/html, application/xhtml+xml, application/ld+json;q=0.9, */*;q=0.5',
      maxBytes: settings.maxPageBytes ?? 5_242_880,
      expected: [404, 410],
    })
    if (status !== 200) return { items: [toGone(page, status)] }
    if (!isPage(raw)) return { items: [], note: 'page.notHtml' }
    const items = toItems(raw, url, lastmod, settings)
    const kept = { ...raw, url: toRawUrl(page) }
    return items.length > 0 ? { items, raw: kept } : { items, note: 'page.noMetadata' }
  } catch (error) {
    context.signal.throwIfAborted()
    if (!isHarvestError(error)) throw error
    return { items: [], failure: error }
  }
}

/** The fragment keeps what the sitemap said, so that the same items come out of the kept answer. */
export function toRawUrl({ url, lastmod }: ListedDocument): string {
  return lastmod === undefined ? url : `${url}#lastmod=${encodeURIComponent(lastmod)}`
}

export function readRawUrl(rawUrl: string): ListedDocument {
  const [url = '', fragment = ''] = rawUrl.split('#')
  const lastmod = new URLSearchParams(fragment).get('lastmod')
  return { url, ...(lastmod && { lastmod }) }
}

function isPage({ mediaType, body }: RawResponse): boolean {
  if (/html|xml|ld\+json/i.test(mediaType)) return true
  const isUntold = /^(application\/octet-stream|text\/plain)/i.test(mediaType)
  return isUntold && /^\s*<(!doctype html|html|head)/i.test(Buffer.from(body.subarray(0, 500)).toString('latin1'))
}

function toGone({ url, lastmod }: ListedDocument, status: number): HarvestItem {
  const message = `The sitemap names the page, but it answers with HTTP status ${status}: take it out of the sitemap`
  return {
    type: 'deleted',
    identifier: url,
    ...(lastmod && { datestamp: lastmod }),
    issues: [{ code: 'page.gone', path: 'loc', message, severity: 'info' }],
  }
}
