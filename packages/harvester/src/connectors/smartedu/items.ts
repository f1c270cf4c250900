import type { Issue } from '@edufed/sdk/schemas'
import { isObject, textAt } from '../../crosswalks/json-value.js'
import { JsonSource } from '../../crosswalks/mapping/json-source.js'
import { crosswalkSmartedu } from '../../crosswalks/smartedu.js'
import { fingerprint } from '../../quality/fingerprint.js'
import type { HarvestItem, SourcedItem } from '../connector.js'
import type { SmarteduSettings } from './settings.js'

export const metadataPrefix = 'smartedu'

/** The items of the records of one part file, each with the texts of its record. */
export function toSourcedItems(records: readonly unknown[], settings: SmarteduSettings): SourcedItem[] {
  return records.map((record) => ({ item: toItem(record, settings), source: new JsonSource(record).entries() }))
}

/** The items of the records of one part file. */
export function toItems(records: readonly unknown[], settings: SmarteduSettings): HarvestItem[] {
  return records.map((record) => toItem(record, settings))
}

function toItem(record: unknown, settings: SmarteduSettings): HarvestItem {
  const id = isObject(record) ? textAt(record, 'id')?.trim() : undefined
  const datestamp = isObject(record) ? textAt(record, 'update_time') : undefined
  const status = isObject(record) ? textAt(record, 'status') : undefined
  if (id && status !== undefined && status.toUpperCase() !== 'ONLINE') {
    return { type: 'deleted', identifier: id, ...(datestamp && { datestamp }), issues: [withdrawn(status)] }
  }
  const { landingBaseUrl } = settings
  const { resource, issues } = crosswalkSmartedu(record, landingBaseUrl === undefined ? {} : { landingBaseUrl })
  if (!id) issues.push(unidentified)
  return {
    type: 'record',
    identifier: id ?? `unidentified-${fingerprint(JSON.stringify(record) ?? '')}`,
    ...(datestamp && { datestamp }),
    metadataPrefix,
    ...(resource && { resource }),
    issues,
  }
}

const unidentified: Issue = {
  code: 'identifier.missing',
  path: 'id',
  message: 'The record has no id; a name was made from its content, which changes when the content does',
  severity: 'warning',
}

function withdrawn(status: string): Issue {
  return { code: 'status.withdrawn', path: 'status', message: `The platform lists the record as ${status.slice(0, 40)}`, severity: 'info' }
}
