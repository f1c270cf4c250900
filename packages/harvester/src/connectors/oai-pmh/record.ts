import type { Issue } from '@edufed/sdk/schemas'
import type { CrosswalkResult } from '../../crosswalks/crosswalk.js'
import { mapXml } from '../../crosswalks/mapping/map-record.js'
import { findXmlCrosswalk } from '../../crosswalks/xml-crosswalks.js'
import { attributeOf, findChild, textOf, type XmlElement } from '../../xml/element.js'
import type { HarvestItem } from '../connector.js'
import type { RecordOptions } from './answer-options.js'
import { isDatestamp } from './datestamp.js'
import { readProvenance } from './provenance.js'

/** Makes one item of a `record` element: its header, its metadata by the mapping or the crosswalk of its format, and where it came from. */
export function toHarvestItem(record: XmlElement, metadataPrefix: string, options: RecordOptions = {}): HarvestItem {
  const header = findChild(record, 'header')
  const identifier = textOf(findChild(header, 'identifier')) ?? ''
  const datestamp = textOf(findChild(header, 'datestamp'))
  const issues: Issue[] = []
  if (identifier === '') issues.push(missingIdentifier)
  if (datestamp !== undefined && !isDatestamp(datestamp)) {
    issues.push({
      code: 'datestamp.invalid',
      path: 'header/datestamp',
      message: `The datestamp "${datestamp.slice(0, 60)}" is no time`,
      severity: 'warning',
    })
  }
  const head = { identifier, ...(datestamp ? { datestamp } : {}) }
  const metadata = findChild(record, 'metadata')

  if (attributeOf(header, 'status')?.trim().toLowerCase() === 'deleted') {
    if (metadata?.children.length) {
      issues.push({
        code: 'record.deletedWithMetadata',
        path: 'metadata',
        message: 'The record is deleted and should carry no metadata',
        severity: 'info',
      })
    }
    if (identifier !== '') return { type: 'deleted', ...head, ...(issues.length > 0 ? { issues } : {}) }
    return { type: 'record', ...head, metadataPrefix, issues }
  }

  const provenance = readProvenance(record)
  if (!metadata || (metadata.children.length === 0 && metadata.text.trim() === '')) {
    const message = 'The record has no metadata: send them, or mark the record as deleted'
    issues.push({ code: 'metadata.missing', path: 'metadata', message, severity: 'error' })
    return { type: 'record', ...head, metadataPrefix, ...provenance, issues }
  }
  const result = readMetadata(metadata, metadataPrefix, options)
  for (const issue of result.issues) issues.push(issue)
  const item: HarvestItem = {
    type: 'record',
    ...head,
    metadataPrefix,
    ...(result.resource ? { resource: result.resource } : {}),
    ...provenance,
    issues,
  }
  options.onRecord?.(item, rootOf(metadata))
  return item
}

function readMetadata(metadata: XmlElement, metadataPrefix: string, { mapping }: RecordOptions): CrosswalkResult {
  if (mapping) return mapXml(rootOf(metadata), mapping)
  const found = findXmlCrosswalk(metadata, metadataPrefix)
  if (found) return found.crosswalk(found.root)
  const name = metadata.children[0]?.name ?? 'text'
  const message = `There is no crosswalk for metadata of the format "${metadataPrefix}" (${name}): give the source a mapping; the record is kept as it came`
  return { issues: [{ code: 'format.unknown', path: 'metadata', message, severity: 'error' }] }
}

/** What the paths of a mapping begin in: the element inside of `metadata`; `metadata` itself when it holds several. */
function rootOf(metadata: XmlElement): XmlElement {
  const [only, ...others] = metadata.children
  return only && others.length === 0 ? only : metadata
}

/** What a header of ListIdentifiers tells of its record: that it is deleted, or only that it is there. */
export function toListedItem(header: XmlElement, metadataPrefix: string): HarvestItem {
  const identifier = textOf(findChild(header, 'identifier')) ?? ''
  const datestamp = textOf(findChild(header, 'datestamp'))
  const head = { identifier, ...(datestamp ? { datestamp } : {}) }
  const isDeleted = attributeOf(header, 'status')?.trim().toLowerCase() === 'deleted'
  return isDeleted ? { type: 'deleted', ...head } : { type: 'record', ...head, metadataPrefix, issues: [] }
}

/** What is left of a record that was larger than the limit. */
export function toTooLargeItem(record: XmlElement, metadataPrefix: string): HarvestItem {
  const header = findChild(record, 'header')
  const identifier = textOf(findChild(header, 'identifier')) ?? ''
  const message = 'The record is larger than the limit and was not read: make it smaller, or raise the limit "Largest record"'
  return { type: 'record', identifier, metadataPrefix, issues: [{ code: 'record.tooLarge', path: '', message, severity: 'error' }] }
}

/** What is left of a record that is not well-formed XML. */
export function toBrokenItem(source: string, reason: string, metadataPrefix: string): HarvestItem {
  const identifier = /<(?:[\w.-]+:)?identifier[^>]*>\s*([^<]{1,1000}?)\s*</i.exec(source)?.[1] ?? ''
  const message = `The record is not well-formed XML (${reason.replace(/\.$/, '')}): escape the text of its fields`
  return { type: 'record', identifier, metadataPrefix, issues: [{ code: 'record.notWellFormed', path: '', message, severity: 'error' }] }
}

const missingIdentifier: Issue = {
  code: 'identifier.missing',
  path: 'header/identifier',
  message: 'The record has no identifier in its header: give it one that never changes',
  severity: 'error',
}
