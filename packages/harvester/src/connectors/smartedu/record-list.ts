import { isObject } from '../../crosswalks/json-value.js'
import { HarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { RawResponse } from '../connector.js'
import { toJsonError, toText } from './json-file.js'

/** The records of a part file; with `failure` when the file breaks off or is no list, and `records` is what could be saved. */
export interface RecordList {
  records: unknown[]
  failure?: HarvestError
}

/** Reads a part file: a JSON list of records, or an object that holds one. */
export function parseRecordList(raw: RawResponse): RecordList {
  const text = toText(raw)
  try {
    const value: unknown = JSON.parse(text)
    const list = Array.isArray(value) ? value : findList(value)
    if (list) return { records: list }
    const reason = 'it should be a JSON list of records'
    return { records: [], failure: new HarvestError('EDUFED_JSON_INVALID', { url: redactUrl(raw.url), reason }) }
  } catch (error) {
    return { records: saveWholeRecords(text), failure: toJsonError(text, raw.url, error) }
  }
}

function findList(value: unknown): unknown[] | undefined {
  if (!isObject(value)) return undefined
  return ['items', 'data', 'list', 'records'].map((key) => value[key]).find((candidate) => Array.isArray(candidate))
}

/** Objects of the outermost list that are whole, up to the place where the file breaks. */
function saveWholeRecords(text: string): unknown[] {
  const records: unknown[] = []
  if (!/^\s*\[/.test(text)) return records
  const marks = /["{}[\]]/g
  let depth = 0
  let start = -1
  for (let match = marks.exec(text); match; match = marks.exec(text)) {
    const mark = match[0]
    if (mark === '"') {
      marks.lastIndex = endOfString(text, match.index)
    } else if (mark === '{' || mark === '[') {
      depth++
      if (depth === 2 && mark === '{') start = match.index
    } else {
      depth--
      if (depth === 1 && mark === '}' && start !== -1) {
        const record = parseOrUndefined(text.slice(start, match.index + 1))
        if (record === undefined) return records
        records.push(record)
        start = -1
      }
    }
  }
  return records
}

function endOfString(text: string, open: number): number {
  let position = open + 1
  while (position < text.length) {
    const quote = text.indexOf('"', position)
    if (quote === -1) return text.length
    let backslashes = 0
    while (text[quote - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return quote + 1
    position = quote + 1
  }
  return text.length
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
