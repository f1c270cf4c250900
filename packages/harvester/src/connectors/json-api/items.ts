import type { Issue } from '@edufed/sdk/schemas'
import { isObject, type JsonObject } from '../../crosswalks/json-value.js'
import { crosswalkTable, type TableValue } from '../../crosswalks/table.js'
import { HarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import { fingerprint } from '../../quality/fingerprint.js'
import type { HarvestItem, RawResponse } from '../connector.js'
import { parseJsonFile } from '../smartedu/json-file.js'
import { recognizeHeader } from '../table/header-names.js'
import { textsAt, valuesAt } from './json-path.js'
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
  const identifier = textsAt(item, settings.identifier ?? 'id')[0]
    ?.trim()
    .slice(0, 1000)
  const { deleted } = settings
  if (identifier && deleted && textsAt(item, deleted.path).some((state) => deleted.values.includes(state)))
    return { type: 'deleted', identifier }
  const { resource, issues } = crosswalkTable(toValues(item, settings), settings.language)
  return {
    type: 'record',
    identifier: identifier || `unidentified-${fingerprint(JSON.stringify(item) ?? '')}`,
    metadataPrefix,
    ...(resource && { resource }),
    issues: identifier ? issues : [unidentified, ...issues],
  }
}

function toValues(item: unknown, { mapping }: JsonApiSettings): TableValue[] {
  if (!mapping) return isObject(item) ? toRecognizedValues(item) : []
  return mapping.flatMap(({ field, path, value, language, separator }) => {
    const texts = path === undefined ? (value === undefined ? [] : [value]) : textsAt(item, path)
    return texts.map((text) => ({ field, text, column: path ?? field, ...(language && { language }), ...(separator && { separator }) }))
  })
}

/** Values by the names that columns of tables have as well. */
function toRecognizedValues(item: JsonObject): TableValue[] {
  return Object.keys(item).flatMap((key) => {
    const recognized = recognizeHeader(key)
    if (!recognized || recognized.field === 'identifier') return []
    const texts = textsAt(item, key)
    const named = texts.length > 0 ? texts : [...textsAt(item[key], 'name'), ...textsAt(item[key], 'title')]
    return named.map((text) => ({ ...recognized, text, column: key }))
  })
}

const unidentified: Issue = {
  code: 'identifier.missing',
  path: 'id',
  message:
    'The item has no identifier; a name was made from its content, which changes when the content does. Say in the settings where it stands',
  severity: 'warning',
}
