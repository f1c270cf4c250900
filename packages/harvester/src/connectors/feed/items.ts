import type { Issue } from '@edufed/sdk/schemas'
import { atomEntryToResource } from '../../crosswalks/atom.js'
import type { CrosswalkResult } from '../../crosswalks/crosswalk.js'
import { compileMapping } from '../../crosswalks/mapping/compile-mapping.js'
import { mapRecord, toXmlEntries } from '../../crosswalks/mapping/map-record.js'
import { XmlSource } from '../../crosswalks/mapping/xml-source.js'
import { findXmlCrosswalk } from '../../crosswalks/xml-crosswalks.js'
import { toIsoDate } from '../../quality/date.js'
import { fingerprint } from '../../quality/fingerprint.js'
import { attributeOf, findChild, textOf, type XmlElement } from '../../xml/element.js'
import type { HarvestItem, SourcedItem } from '../connector.js'
import type { FeedPage } from './feed-page.js'
import type { FeedSettings } from './settings.js'
import { rssItemToDraft } from './to-draft.js'

/** The items of a page of a feed. */
export function toItems(page: FeedPage, settings: FeedSettings): HarvestItem[] {
  return page.entries.flatMap((entry) => toItem(entry, page, settings) ?? [])
}

/** The same, with the texts of each entry by their paths. */
export function toSourcedItems(page: FeedPage, settings: FeedSettings): SourcedItem[] {
  return page.entries.flatMap((entry) => {
    const item = toItem(entry, page, settings)
    return item ? { item, source: toXmlEntries(entry, settings.mapping) } : []
  })
}

function toItem(entry: XmlElement, page: FeedPage, settings: FeedSettings): HarvestItem | undefined {
  const name = entry.name.toLowerCase()
  const kind = settings.entry !== undefined ? 'xml' : name === 'entry' ? 'atom' : 'rss'
  if (kind !== 'xml' && name === 'deleted-entry') {
    const ref = attributeOf(entry, 'ref')?.trim()
    const when = attributeOf(entry, 'when')
    return ref ? { type: 'deleted', identifier: ref, ...(when && { datestamp: when }) } : undefined
  }
  const { resource, issues, identifier: mapped } = readEntry(entry, kind, page, settings)
  const given = mapped ?? findIdentifier(entry, kind)
  const written =
    kind === 'xml'
      ? undefined
      : textOf(kind === 'atom' ? findChild(entry, 'updated') : (findChild(entry, 'pubDate') ?? findChild(entry, 'date')))
  const datestamp = toIsoDate(written) ?? written
  return {
    type: 'record',
    identifier: given?.trim().slice(0, 1000) || `unidentified-${fingerprint(JSON.stringify(entry))}`,
    ...(datestamp && { datestamp }),
    metadataPrefix: kind === 'xml' ? name : kind,
    ...(resource && { resource }),
    issues: given ? issues : [unidentified, ...issues],
  }
}

type EntryKind = 'atom' | 'rss' | 'xml'

/** By the mapping; without one, by the format of the entry. */
function readEntry(
  entry: XmlElement,
  kind: EntryKind,
  { baseUrl, language: declared }: FeedPage,
  { mapping, language: usual }: FeedSettings,
): CrosswalkResult & { identifier?: string } {
  const language = declared ?? usual
  const options = { baseUrl, ...(language && { language }) }
  if (mapping) {
    const compiled = compileMapping(mapping)
    return mapRecord(compiled, new XmlSource(entry, compiled.anywhere), options)
  }
  if (kind === 'atom') return atomEntryToResource(entry, options)
  if (kind === 'rss') return rssItemToDraft(entry, options)
  const found = findXmlCrosswalk({ name: 'metadata', attributes: {}, children: [entry], text: '' }, entry.name.toLowerCase())
  if (found) return found.crosswalk(found.root)
  const message = `There is no crosswalk for <${entry.name.slice(0, 60)}>: give the source a mapping; the record is kept as it came`
  return { issues: [{ code: 'format.unknown', path: entry.name, message, severity: 'error' }] }
}

function findIdentifier(entry: XmlElement, kind: EntryKind): string | undefined {
  if (kind === 'atom') return textOf(findChild(entry, 'id'))
  if (kind === 'rss') return textOf(findChild(entry, 'guid')) ?? attributeOf(entry, 'about') ?? textOf(findChild(entry, 'link'))
  return attributeOf(entry, 'id') ?? textOf(findChild(entry, 'id')) ?? textOf(findChild(entry, 'identifier'))
}

const unidentified: Issue = {
  code: 'identifier.missing',
  path: 'id',
  message: 'The entry has no id; a name was made from its content, which changes when the content does',
  severity: 'warning',
}
