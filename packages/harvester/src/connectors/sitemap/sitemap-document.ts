import { HarvestError } from '../../errors.js'
import { decodeText } from '../../fetch/charset.js'
import { redactUrl } from '../../fetch/redact-url.js'
import { findChild, textOf, toLocalName, type XmlElement } from '../../xml/element.js'
import type { RawResponse } from '../connector.js'
import { parseXmlDocument } from '../xml-document.js'

/** What a sitemap says about one address; `md` and `links` are the additions of ResourceSync. */
export interface SitemapEntry {
  loc: string
  lastmod?: string
  /** Attributes of `rs:md`, such as change, hash, type, path and capability. */
  md: Readonly<Record<string, string>>
  /** Attributes of each `rs:ln`, such as rel, href and type. */
  links: readonly Readonly<Record<string, string>>[]
}

/** A sitemap: `index` when its entries are sitemaps again. */
export interface SitemapDocument {
  kind: 'index' | 'pages'
  entries: SitemapEntry[]
  /** Of the document itself. */
  md: Readonly<Record<string, string>>
  links: readonly Readonly<Record<string, string>>[]
}

const captures = new Set(['url', 'sitemap', 'md', 'ln'])
const looksLikeXml = /^\s*<|<\?xml|<(?:[\w.-]+:)?(?:urlset|sitemapindex)[\s>]/i

/** Reads a sitemap or sitemap index in XML, or a text file of addresses. @throws {HarvestError} when it is neither, or breaks off. */
export function parseSitemap(raw: Pick<RawResponse, 'url' | 'mediaType' | 'body'>): SitemapDocument {
  if (!looksLikeXml.test(decodeText(raw.body, raw.mediaType).text.slice(0, 65_536))) return parseTextSitemap(raw)
  const { rootName, elements } = parseXmlDocument(raw, captures)
  const name = rootName.toLowerCase()
  if (name !== 'urlset' && name !== 'sitemapindex') {
    throw new HarvestError('EDUFED_SITEMAP_NOT_SITEMAP', {
      url: redactUrl(raw.url),
      reason: `the document is a <${rootName.slice(0, 60)}>`,
    })
  }
  const entries = elements.filter((element) => /^(url|sitemap)$/i.test(element.name)).flatMap(toEntry)
  return { kind: name === 'sitemapindex' ? 'index' : 'pages', entries, ...toAdditions(elements) }
}

function parseTextSitemap(raw: Pick<RawResponse, 'url' | 'mediaType' | 'body'>): SitemapDocument {
  const lines = decodeText(raw.body, raw.mediaType)
    .text.split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const entries = lines.filter((line) => /^https?:\/\//i.test(line)).map((loc) => ({ loc, md: {}, links: [] }))
  if (entries.length === 0 || entries.length < lines.length / 2) {
    const reason = lines.length === 0 ? 'it is empty' : 'it is neither XML nor one address a line'
    throw new HarvestError('EDUFED_SITEMAP_NOT_SITEMAP', { url: redactUrl(raw.url), reason })
  }
  return { kind: 'pages', entries, md: {}, links: [] }
}

function toEntry(element: XmlElement): SitemapEntry[] {
  const loc = textOf(findChild(element, 'loc'))
  if (loc === undefined) return []
  const lastmod = textOf(findChild(element, 'lastmod'))
  return [{ loc, ...(lastmod && { lastmod }), ...toAdditions(element.children) }]
}

function toAdditions(elements: readonly XmlElement[]): Pick<SitemapEntry, 'md' | 'links'> {
  const md = elements.find((element) => element.name.toLowerCase() === 'md')
  const links = elements.filter((element) => element.name.toLowerCase() === 'ln').map(toAttributes)
  return { md: md ? toAttributes(md) : {}, links }
}

function toAttributes(element: XmlElement): Record<string, string> {
  return Object.fromEntries(Object.entries(element.attributes).map(([name, value]) => [toLocalName(name).toLowerCase(), value.trim()]))
}
