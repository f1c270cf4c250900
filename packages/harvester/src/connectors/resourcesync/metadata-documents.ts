import type { Issue } from '@edufed/sdk/schemas'
import { redactUrl } from '../../fetch/redact-url.js'
import type { ListedDocument } from '../document-run.js'
import { identifiersOf, type KnownDocuments } from '../known-documents.js'
import type { SitemapEntry } from '../sitemap/sitemap-document.js'
import { toAddress } from './capabilities.js'
import { isBefore } from './entries.js'

/** A metadata document of a list, and the resource that it describes. */
export interface MetadataDocument extends ListedDocument {
  identifier: string
  datestamp?: string
  /** The described file, when it is another one than the document. */
  content?: { url: string; type?: string; length?: string }
  /** `md5:…`, `sha-256:…` of the document, as the list declares it. */
  hash?: string
  /** Bytes of the document, as a dump declares them. */
  length?: string
}

const metadataType = /html|\bxml|\+xml|json/i
const otherType = /svg\+xml/i

/** The documents that describe the resources of a list, each once; and the resources without any. */
export function toMetadataDocuments(entries: readonly SitemapEntry[]): { documents: MetadataDocument[]; undescribed: string[] } {
  const documents = new Map<string, MetadataDocument>()
  const undescribed: string[] = []
  for (const entry of entries) {
    const document = toMetadataDocument(entry)
    if (!document) undescribed.push(entry.loc)
    else {
      const known = documents.get(document.url)
      // What describes and what is described may both be listed: together they say more.
      const merged =
        known?.content && (known.identifier === document.identifier || !document.content)
          ? { ...document, identifier: known.identifier, content: known.content }
          : document
      documents.set(document.url, known && known.content === undefined && document.content ? { ...known, ...document } : merged)
    }
  }
  return { documents: [...documents.values()], undescribed: undescribed.filter((loc) => !documents.has(loc)) }
}

function toMetadataDocument({ loc, lastmod, md, links }: SitemapEntry): MetadataDocument | undefined {
  const find = (rel: string, isSuitable: (type: string) => boolean = () => true) =>
    links.find((link) => link.rel?.toLowerCase().split(/\s+/).includes(rel) && link.href && isSuitable(link.type ?? ''))
  const datestamp = md.datetime ?? lastmod
  const described = find('describes')
  const identifier = described && toAddress(described.href ?? '', loc)
  if (described && identifier) {
    const content = toContent(identifier, described)
    return {
      url: loc,
      identifier,
      content,
      ...(datestamp && { datestamp }),
      ...toStamp(md.hash ?? datestamp),
      ...(md.hash && { hash: md.hash }),
    }
  }
  const description = find('describedby', isMetadata)
  const url = description && toAddress(description.href ?? '', loc)
  if (description && url && url !== loc) {
    const own = description.hash ?? description.modified
    const stamp = own === undefined ? datestamp : `${own} ${datestamp ?? ''}`
    const head = { url, identifier: loc, content: toContent(loc, md), ...(datestamp && { datestamp }), ...toStamp(stamp) }
    return { ...head, ...(description.hash && { hash: description.hash }) }
  }
  if (!isMetadata(md.type ?? '')) return undefined
  return { url: loc, identifier: loc, ...(datestamp && { datestamp }), ...toStamp(md.hash ?? datestamp), ...(md.hash && { hash: md.hash }) }
}

function isMetadata(type: string): boolean {
  return type === '' || (metadataType.test(type) && !otherType.test(type))
}

function toStamp(stamp: string | undefined): Pick<MetadataDocument, 'lastmod'> {
  return stamp ? { lastmod: stamp } : {}
}

function toContent(url: string, { type, length }: Readonly<Record<string, string>>): NonNullable<MetadataDocument['content']> {
  return { url, ...(type && { type }), ...(length && { length }) }
}

export const timeOf = ({ md, lastmod }: SitemapEntry): string | undefined => md.datetime ?? lastmod

/** The last of the entries of each resource, by its address. */
export function lastOf(entries: readonly SitemapEntry[]): Map<string, SitemapEntry> {
  const last = new Map<string, SitemapEntry>()
  for (const entry of entries) {
    const before = last.get(entry.loc)
    const [time, timeBefore] = [timeOf(entry), before && timeOf(before)]
    if (!before || time === undefined || timeBefore === undefined || !isBefore(time, timeBefore)) last.set(entry.loc, entry)
  }
  return last
}

/** What the changes since a moment come to: the documents to read, and the identifiers of records that are gone. */
export function applyChanges(
  entries: readonly SitemapEntry[],
  since: string,
  known: KnownDocuments,
): { documents: MetadataDocument[]; undescribed: string[]; gone: string[]; latest: string } {
  const changes = entries.filter((entry) => {
    const time = timeOf(entry)
    return time === undefined || !isBefore(time, since)
  })
  const last = lastOf(changes)
  let latest = since
  for (const entry of changes) {
    const time = timeOf(entry)
    if (time !== undefined && isBefore(latest, time)) latest = time
  }
  const living = [...last.values()].filter(({ md }) => md.change?.toLowerCase() !== 'deleted')
  const deleted = new Set([...last.values()].filter(({ md }) => md.change?.toLowerCase() === 'deleted').map(({ loc }) => loc))
  const gone: string[] = []
  if (deleted.size > 0) {
    for (const [url, document] of known) {
      const lost = deleted.has(url)
        ? identifiersOf(url, document)
        : identifiersOf(url, document).filter((identifier) => deleted.has(identifier))
      if (lost.length === 0) continue
      gone.push(...lost)
      known.delete(url)
    }
  }
  const { documents, undescribed } = toMetadataDocuments(living)
  return { documents: documents.filter(({ url, identifier }) => !deleted.has(url) && !deleted.has(identifier)), undescribed, gone, latest }
}

/** What is to be said of a source that never names everything. */
export const changesOnly: Issue = {
  code: 'resourcesync.changesOnly',
  path: '',
  message:
    'The source tells changes, but has no resource list or dump: what has not changed since they begin is not known; offer a resource list too',
  severity: 'warning',
}

/** What is to be said of the resources that nothing describes. */
export function toUndescribedIssues(undescribed: readonly string[]): Issue[] {
  if (undescribed.length === 0) return []
  const sample = redactUrl(undescribed[0] ?? '')
  const message = `${undescribed.length} resources have no metadata and were left out, e.g. ${sample}: give them an rs:ln with rel="describedby"`
  return [{ code: 'resource.undescribed', path: 'rs:ln', message, severity: 'warning' }]
}
