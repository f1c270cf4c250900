import { type Issue, ResourceDraft } from '@edufed/sdk/schemas'
import { Compile } from 'typebox/compile'
import { codeSourceValues } from './code-source-values.js'
import { normalise } from './normalise.js'

const languageTag = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/
const validator = Compile(ResourceDraft)

/** A record with more wrong values than this is not worth mending. */
const maximumRounds = 200

const maximumFaultsPerField = 10

/** The longest description of a record, about as JSON. A longer one is not a description but somebody's whole document. */
const maximumCharacters = 1_000_000

export interface CheckedDraft {
  /** Valid; absent when nothing of the record can be kept. */
  draft?: ResourceDraft
  issues: Issue[]
}

/** Makes a valid draft of what a source gave: wrong values are dropped, each with an issue; only a record without a title is beyond use. */
export function checkDraft(input: unknown): CheckedDraft {
  const { value, characters } = normalise(input)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { issues: [error('record.missing', '', 'The source gave no description of the resource.')] }
  }
  const record = value as Record<string, unknown>
  if (characters > maximumCharacters) {
    const message = `The record has ${characters} characters, more than ${maximumCharacters}; give a shorter description.`
    return { issues: [error('record.too-large', '', message)] }
  }
  const issues: Issue[] = []
  for (let round = 0; !validator.Check(record); round++) {
    if (round >= maximumRounds || !dropFirstFault(record, issues)) {
      return { issues: [...issues, error('record.invalid', '', 'The record has too many wrong values to be mended.')] }
    }
  }
  const draft = record
  if (!Object.values(draft.name).some((text) => text !== '')) {
    issues.push(error('title.missing', '/name', 'The record has no title in any language; give it one.'))
  }
  return { draft: codeSourceValues(draft), issues }
}

/** Takes the first wrong value out of the record. @returns false when there is nothing to take out. */
function dropFirstFault(record: Record<string, unknown>, issues: Issue[]): boolean {
  // "schema is false" only repeats that a field is unknown.
  const fault = validator.Errors(record).find(({ keyword }) => keyword !== 'boolean')
  if (!fault) return false
  const path = parsePointer(fault.instancePath)
  const unknown = fault.keyword === 'additionalProperties' ? fault.params.additionalProperties : []
  if (path[0] === 'name' || (path.length === 0 && !('name' in record))) return mendName(record, path, issues)
  if (unknown.length > 0) {
    const owner = path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], record) as Record<string, unknown>
    for (const name of unknown) {
      delete owner[name]
      issues.push(warning('field.unknown', pointer([...path, name]), `There is no field ${name} here; it was left out.`))
    }
    return true
  }
  if (path.length === 0) return false
  const dropped = dropTarget(record, path, issues)
  remove(record, dropped)
  issues.push(warning('value.invalid', pointer(path), `The value ${fault.message}; ${pointer(dropped)} was left out.`))
  return true
}

/** A title that is no language map, or one of its texts that is none, is as good as missing; the others stay. */
function mendName(record: Record<string, unknown>, path: readonly string[], issues: Issue[]): boolean {
  const name = record.name
  if (typeof name !== 'object' || name === null || Array.isArray(name)) {
    if (name !== undefined) issues.push(warning('value.invalid', '/name', 'The title is not an object of texts by language.'))
    record.name = {}
    return true
  }
  const before = Object.keys(name).length
  for (const [tag, text] of Object.entries(name)) {
    if (languageTag.test(tag) && typeof text === 'string' && text !== '') continue
    delete (name as Record<string, unknown>)[tag]
    issues.push(warning('value.invalid', pointer(['name', tag]), 'This is not a text by language tag; it was left out.'))
  }
  return Object.keys(name).length < before || path.length > 1
}

/** What to leave out for a fault: the entry of a list, the text of one language, else the whole field, also when too many of its entries are wrong. */
function dropTarget(record: Record<string, unknown>, path: readonly string[], issues: readonly Issue[]): readonly string[] {
  const [field, key] = path
  const earlier = issues.filter((issue) => issue.path.startsWith(`/${field}/`)).length
  if (key === undefined || earlier >= maximumFaultsPerField) return [field!]
  const value = record[field!]
  if (Array.isArray(value) || field === 'description' || field === 'sourceValues') return [field!, key]
  return [field!]
}

function remove(record: Record<string, unknown>, [field, key]: readonly string[]): void {
  const value = record[field!]
  if (key === undefined) delete record[field!]
  else if (Array.isArray(value)) value.splice(Number(key), 1)
  else delete (value as Record<string, unknown>)[key]
}

function parsePointer(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function pointer(path: readonly string[]): string {
  return path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function error(code: string, path: string, message: string): Issue {
  return { code, path, message, severity: 'error' }
}

function warning(code: string, path: string, message: string): Issue {
  return { code, path, message, severity: 'warning' }
}
