import type { Issue } from '@edufed/sdk/schemas'
import { atomEntryToResource } from '../../crosswalks/atom.js'
import { toIsoDate } from '../../quality/date.js'
import { fingerprint } from '../../quality/fingerprint.js'
import { attributeOf, findChild, textOf, type XmlElement } from '../../xml/element.js'
import type { HarvestItem } from '../connector.js'
import type { FeedPage } from './feed-page.js'
import type { FeedSettings } from './settings.js'
import { rssItemToDraft } from './to-draft.js'

/** The items of a page of a feed. */
export function toItems({ entries, baseUrl, language }: FeedPage, settings: FeedSettings): HarvestItem[] {
  const tag = language ?? settings.language
  return entries.flatMap((entry) => toItem(entry, { baseUrl, ...(tag && { language: tag }) }))
}

function toItem(entry: XmlElement, options: { baseUrl: string; language?: string }): HarvestItem[] {
  const name = entry.name.toLowerCase()
  if (name === 'deleted-entry') {
    const identifier = attributeOf(entry, 'ref')?.trim()
    const when = attributeOf(entry, 'when')
    return identifier ? [{ type: 'deleted', identifier, ...(when && { datestamp: when }) }] : []
  }
  const isAtom = name === 'entry'
  const given = isAtom
    ? textOf(findChild(entry, 'id'))
    : (textOf(findChild(entry, 'guid')) ?? attributeOf(entry, 'about') ?? textOf(findChild(entry, 'link')))
  const written = textOf(isAtom ? findChild(entry, 'updated') : (findChild(entry, 'pubDate') ?? findChild(entry, 'date')))
  const datestamp = toIsoDate(written) ?? written
  const { resource, issues } = isAtom ? atomEntryToResource(entry, options) : rssItemToDraft(entry, options)
  return [
    {
      type: 'record',
      identifier: given?.trim().slice(0, 1000) || `unidentified-${fingerprint(JSON.stringify(entry))}`,
      ...(datestamp && { datestamp }),
      metadataPrefix: isAtom ? 'atom' : 'rss',
      ...(resource && { resource }),
      issues: given ? issues : [unidentified, ...issues],
    },
  ]
}

const unidentified: Issue = {
  code: 'identifier.missing',
  path: 'id',
  message: 'The entry has no id; a name was made from its content, which changes when the content does',
  severity: 'warning',
}
