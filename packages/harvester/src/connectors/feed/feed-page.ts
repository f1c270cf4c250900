import { HarvestError } from '../../errors.js'
import { decodeText } from '../../fetch/charset.js'
import { redactUrl } from '../../fetch/redact-url.js'
import { attributeOf, findChildren, textOf, toLocalName, type XmlElement } from '../../xml/element.js'
import type { RawResponse } from '../connector.js'
import { parseXmlDocument } from '../xml-document.js'
import type { FeedSettings } from './settings.js'

/** One page of a feed. */
export interface FeedPage {
  title?: string
  language?: string
  /** What relative addresses are resolved against. */
  baseUrl: string
  /** Entries of Atom and items of RSS, in their order, with tombstones (RFC 6721) among them. */
  entries: XmlElement[]
  /** Where the feed goes on, and the catalogues that an OPDS navigation feed leads to. */
  next: string[]
  /** The feed says that it names everything (RFC 5005). */
  isComplete: boolean
}

const captures = new Set(['entry', 'item', 'deleted-entry', 'link', 'title', 'language', 'complete'])

/** @throws {HarvestError} `EDUFED_FEED_NOT_FEED`, or why the XML cannot be read. */
export function parseFeedPage(raw: Pick<RawResponse, 'url' | 'mediaType' | 'body'>, settings: Pick<FeedSettings, 'entry'> = {}): FeedPage {
  if (settings.entry !== undefined) return parseRecordPage(raw, toLocalName(settings.entry).toLowerCase())
  const { rootName, elements } = parseXmlDocument(raw, captures)
  if (!/^(feed|rss|rdf|entry)$/i.test(rootName)) {
    throw new HarvestError('EDUFED_FEED_NOT_FEED', { url: redactUrl(raw.url), reason: `the document is a <${rootName.slice(0, 60)}>` })
  }
  const named = (name: string) => elements.filter((element) => element.name.toLowerCase() === name)
  const root = findRootTag(raw)
  const base = /\sxml:base\s*=\s*["']([^"'<>]{1,2000})["']/.exec(root)?.[1]
  const baseUrl = base && URL.canParse(base, raw.url) ? new URL(base, raw.url).href : raw.url
  const title = textOf(named('title')[0])
  const language = /\sxml:lang\s*=\s*["']([\w-]{1,40})["']/.exec(root)?.[1] ?? textOf(named('language')[0])
  const entries = elements.filter((element) => /^(entry|item|deleted-entry)$/i.test(element.name))
  const own = named('link').filter((link) => attributeOf(link, 'rel')?.trim().toLowerCase() === 'next')
  const next = [...own, ...entries.flatMap(findCatalogue)].flatMap((link) => toAddress(link, baseUrl))
  return {
    ...(title && { title }),
    ...(language && { language }),
    baseUrl,
    entries: entries.filter((entry) => findCatalogue(entry).length === 0),
    next,
    isComplete: named('complete').length > 0,
  }
}

/** A document whose records are elements of a name, whatever it is. */
function parseRecordPage(raw: Pick<RawResponse, 'url' | 'mediaType' | 'body'>, name: string): FeedPage {
  const { rootName, elements } = parseXmlDocument(raw, new Set([name, 'link']))
  const entries = elements.filter((element) => element.name.toLowerCase() === name)
  if (entries.length === 0) {
    const reason = `the document <${rootName.slice(0, 60)}> has no element <${name.slice(0, 60)}>`
    throw new HarvestError('EDUFED_FEED_NOT_FEED', { url: redactUrl(raw.url), reason })
  }
  const links = elements.filter((link) => name !== 'link' && attributeOf(link, 'rel')?.trim().toLowerCase() === 'next')
  return { baseUrl: raw.url, entries, next: links.flatMap((link) => toAddress(link, raw.url)), isComplete: false }
}

function toAddress(link: XmlElement, baseUrl: string): string[] {
  const href = attributeOf(link, 'href')?.trim()
  return href && URL.canParse(href, baseUrl) ? [new URL(href, baseUrl).href] : []
}

/** An entry of a navigation feed describes no resource: it has a link to a further catalogue, and none to a file or page. */
function findCatalogue(entry: XmlElement): XmlElement[] {
  const links = findChildren(entry, 'link').filter(
    (link) => !/^(self|alternate|http:\/\/opds-spec\.org\/image.*)$/.test(attributeOf(link, 'rel') ?? ''),
  )
  const isCatalogue = (link: XmlElement) =>
    /profile=opds-catalog/i.test(attributeOf(link, 'type') ?? '') && !/type=entry/i.test(attributeOf(link, 'type') ?? '')
  return links.length > 0 && links.every(isCatalogue) ? links.slice(0, 1) : []
}

function findRootTag({ body, mediaType }: Pick<RawResponse, 'mediaType' | 'body'>): string {
  const head = decodeText(body.subarray(0, 65_536), mediaType).text
  return /<(?:[\w.-]+:)?(?:feed|rss|rdf|entry)\s[^<>]{0,8000}>/i.exec(head)?.[0] ?? ''
}
