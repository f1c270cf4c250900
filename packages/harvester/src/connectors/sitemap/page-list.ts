import type { Issue } from '@edufed/sdk/schemas'
import { HarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { RawResponse } from '../connector.js'
import type { ListedDocument } from '../document-run.js'
import { type DocumentContext, fetchDocument } from '../fetch-document.js'
import { createPathFilter } from './path-filter.js'
import type { Robots } from './robots.js'
import type { SitemapSettings } from './settings.js'
import { parseSitemap } from './sitemap-document.js'

export interface PageList {
  pages: ListedDocument[]
  raw: RawResponse[]
  issues: Issue[]
}

const maxSitemaps = 2000
const maxDepth = 5
const defaultMaxPages = 200_000
/** The sitemaps protocol allows 50 MiB unpacked. */
const maxSitemapBytes = 67_108_864
/** Marks a kept answer that holds no records itself. */
export const sitemapMark = '#sitemap'

/**
 * Reads the sitemaps of a site, those of indexes too, and gives each page once.
 *
 * @throws {HarvestError} When one of the sitemaps cannot be read: a list with a hole would look like deleted pages.
 */
export async function readPageList(settings: SitemapSettings, robots: Robots, context: DocumentContext): Promise<PageList> {
  const starts = await findSitemaps(settings.url, robots)
  const { hostname } = new URL(settings.url)
  const isOwnHost = (url: URL) => settings.otherHosts === true || bareHost(url.hostname) === bareHost(hostname)
  const fits = createPathFilter(settings)
  const pages = new Map<string, ListedDocument>()
  const raw: RawResponse[] = []
  const skipped = { host: [] as string[], invalid: [] as string[], loop: [] as string[] }
  const visited = new Set<string>()
  let level = starts

  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) throw tooLarge(settings.url, maxDepth, 'levels of sitemap indexes, one inside of the other')
    const next: string[] = []
    for (const url of level) {
      if (visited.has(url)) {
        skipped.loop.push(url)
        continue
      }
      if (visited.size >= maxSitemaps) throw tooLarge(settings.url, maxSitemaps, 'sitemaps')
      visited.add(url)
      const document = await fetchDocument(url, context, {
        accept: 'application/xml, text/xml, text/plain;q=0.8, */*;q=0.5',
        maxBytes: maxSitemapBytes,
      })
      raw.push({ ...document.raw, url: `${url}${sitemapMark}` })
      const { kind, entries } = parseSitemap(document.raw)
      for (const { loc, lastmod } of entries) {
        const address = toAddress(loc, url)
        if (!address) skipped.invalid.push(loc)
        else if (!isOwnHost(address)) skipped.host.push(loc)
        else if (kind === 'index') next.push(address.href)
        else if (fits(address)) {
          pages.set(address.href, { url: address.href, ...(lastmod && { lastmod }) })
          if (pages.size > (settings.maxPages ?? defaultMaxPages))
            throw tooLarge(settings.url, settings.maxPages ?? defaultMaxPages, 'pages')
        }
      }
    }
    level = next
  }
  return { pages: [...pages.values()], raw, issues: toIssues(skipped) }
}

/** The address itself, or, for the root of a site, the sitemaps that its robots.txt names. */
async function findSitemaps(url: string, robots: Robots): Promise<string[]> {
  const { pathname, search, href } = new URL(url)
  if ((pathname !== '/' || search !== '') && !/\/robots\.txt$/i.test(pathname)) return [href]
  const named = (await robots.sitemapsOf(url)).map((address) => toAddress(address, url)?.href).filter((address) => address !== undefined)
  return named.length > 0 ? [...new Set(named)] : [new URL('/sitemap.xml', url).href]
}

function toAddress(loc: string, base: string): URL | undefined {
  if (!URL.canParse(loc, base)) return undefined
  const url = new URL(loc, base)
  url.hash = ''
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined
}

function bareHost(hostname: string): string {
  return hostname.toLowerCase().replace(/^www\./, '')
}

function tooLarge(url: string, limit: number, what: string): HarvestError {
  return new HarvestError('EDUFED_LIST_TOO_LARGE', { url: redactUrl(url), limit, what })
}

function toIssues({ host, invalid, loop }: Record<'host' | 'invalid' | 'loop', string[]>): Issue[] {
  const issues: Issue[] = []
  const add = (code: string, list: string[], what: string, severity: Issue['severity']) => {
    if (list.length > 0)
      issues.push({ code, path: 'loc', message: `${list.length} ${what}, e.g. ${redactUrl(list[0] ?? '').slice(0, 200)}`, severity })
  }
  add('sitemap.otherHost', host, 'addresses on other hosts were left out', 'warning')
  add('sitemap.invalidAddress', invalid, 'entries are no web addresses', 'warning')
  add('sitemap.repeated', loop, 'sitemaps are named more than once and were read once', 'warning')
  return issues
}
