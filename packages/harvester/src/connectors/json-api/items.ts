import type { Issue } from '@edufed/sdk/schemas'
import type { CrosswalkResult } from '../../crosswalks/crosswalk.js'
import type { FieldValue } from '../../crosswalks/field-value.js'
import { valuesAt } from '../../crosswalks/json-path.js'
import { isObject } from '../../crosswalks/json-value.js'
import { compileMapping } from '../../crosswalks/mapping/compile-mapping.js'
import { JsonSource } from '../../crosswalks/mapping/json-source.js'
import { mapRecord } from '../../crosswalks/mapping/map-record.js'
import { valuesToResource } from '../../crosswalks/values-to-resource.js'
import { HarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import { fingerprint } from '../../quality/fingerprint.js'
import type { HarvestItem, RawResponse, SourcedItem } from '../connector.js'
import { parseJsonFile } from '../smartedu/json-file.js'
import { recognizeHeader } from '../table/header-names.js'
import type { JsonApiSettings } from './settings.js'

export const metadataPrefix = 'json'

/** One answer of an API. */
export interface JsonPage {
  /** The whole answer, for what it says about the next page. */
  answer: unknown
  items: unknown[]
}

/** @throws {HarvestError} `EDUFED_JSON_HTML`, `EDUFED_JSON_INVALID` or `EDUFED_JSON_NO_ITEMS` */
export function parsePage(raw: RawResponse, settings: JsonApiSettings): JsonPage {
  const answer = parseJsonFile(raw)
  const found = settings.items ? valuesAt(answer, settings.items)[0] : findList(answer)
  if (Array.isArray(found)) return { answer, items: found }
  const keys = isObject(answer) ? Object.keys(answer).slice(0, 20).join(', ') || 'nothing' : `a ${typeof answer}`
  throw new HarvestError('EDUFED_JSON_NO_ITEMS', { url: redactUrl(raw.url), path: settings.items ?? '', keys: keys.slice(0, 300) })
}

/** The answer itself, or the only list of objects in it. */
function findList(answer: unknown): unknown {
  if (Array.isArray(answer) || !isObject(answer)) return answer
  const lists = Object.values(answer).filter(Array.isArray)
  return lists.length === 1 ? lists[0] : undefined
}

/** The record of one item of the list. */
export function toItem(item: unknown, settings: JsonApiSettings): HarvestItem {
  return readItem(item, new JsonSource(item), settings)
}

/** The same, with the texts of the item by their paths. */
export function toSourcedItem(item: unknown, settings: JsonApiSettings): SourcedItem {
  const source = new JsonSource(item)
  return { item: readItem(item, source, settings), source: source.entries() }
}

function readItem(item: unknown, source: JsonSource, settings: JsonApiSettings): HarvestItem {
  const { mapping, deleted } = settings
  const result = mapping ? mapRecord(compileMapping(mapping), source, toOptions(settings)) : readByNames(item, source, settings)
  const path = settings.identifier ?? (result.identifier === undefined ? 'id' : undefined)
  const written = path === undefined ? result.identifier : source.read(path)[0]?.text
  const identifier = written?.trim().slice(0, 1000)
  if (identifier && deleted && source.read(deleted.path).some(({ text }) => deleted.values.includes(text)))
    return { type: 'deleted', identifier }
  const { resource, issues } = result
  return {
    type: 'record',
    identifier: identifier || `unidentified-${fingerprint(JSON.stringify(item) ?? '')}`,
    metadataPrefix,
    ...(resource && { resource }),
    issues: identifier ? issues : [unidentified, ...issues],
  }
}

/** By the names that columns of tables have as well. */
function readByNames(item: unknown, source: JsonSource, settings: JsonApiSettings): CrosswalkResult & { identifier?: string } {
  const values = isObject(item) ? Object.keys(item).flatMap((key) => toRecognizedValues(key, source)) : []
  return valuesToResource(values, toOptions(settings))
}

function toRecognizedValues(key: string, source: JsonSource): FieldValue[] {
  const recognized = recognizeHeader(key)
  if (!recognized || recognized.field === 'identifier') return []
  const own = source.read(key)
  const named = own.length > 0 ? own : [...source.read(`${key}.name`), ...source.read(`${key}.title`)]
  return named.map(({ text }) => ({ ...recognized, text, column: key }))
}

function toOptions({ language }: JsonApiSettings): { language?: string } {
  return language ? { language } : {}
}

const unidentified: Issue = {
  code: 'identifier.missing',
  path: 'id',
  message:
    'The item has no identifier; a name was made from its content, which changes when the content does. Say in the settings where it stands',
  severity: 'warning',
}
