import type { Issue } from '@edufed/sdk/schemas'
import { isCodedField } from '../concept-collector.js'
import { type FieldValue, splitValue } from '../field-value.js'
import { type CompiledMapping, type CompiledRule, type CompiledTable, foldRaw } from './compile-mapping.js'
import type { MappingPart } from './mapping.js'
import { type MappingSource, maxSourceValues, type SourceText } from './mapping-source.js'

/** What a mapping reads out of a record: values by field, and those that a vocabulary table lacks. */
export interface MappedValues {
  values: FieldValue[]
  issues: Issue[]
  /** What no rule has read, by its path; empty unless the mapping keeps it. */
  others: { path: string; text: string }[]
}

/** Reads a record by the rules of a mapping. Never throws. */
export function applyMapping(mapping: CompiledMapping, source: MappingSource): MappedValues {
  const mapped: MappedValues = { values: [], issues: [], others: [] }
  for (const rule of mapping.rules) {
    for (const text of readRule(rule, source)) {
      if (mapped.values.length >= maxSourceValues) break
      takeText(rule, text, mapped)
    }
  }
  if (mapping.keepsOthers) {
    mapped.others = source.entries().flatMap(({ path, text, isRead }) => (isRead ? [] : [{ path: path.split('.').at(-1) ?? path, text }]))
  }
  return mapped
}

type PlacedText = SourceText & { path: string }

function readRule({ mode, parts, with: between, field }: CompiledRule, source: MappingSource): PlacedText[] {
  const read = (part: MappingPart): PlacedText[] =>
    typeof part === 'string'
      ? source
          .read(part)
          .filter(({ text }) => text.trim() !== '')
          .map((found) => ({ ...found, path: part }))
      : [{ text: part.constant, path: field }]
  if (mode === 'all') return parts.flatMap(read)
  if (mode === 'first') return parts.map(read).find((found) => found.length > 0) ?? []
  const firsts = parts.map((part) => ({ part, found: read(part)[0] })).filter(({ found }) => found !== undefined)
  const told = firsts.find(({ part }) => typeof part === 'string')?.found
  if (!told) return []
  return [{ ...told, text: firsts.map(({ found }) => found?.text.trim() ?? '').join(between) }]
}

function takeText(rule: CompiledRule, { text, language: told, path }: PlacedText, mapped: MappedValues): void {
  const { field, split, table } = rule
  const language = rule.language ?? told
  const head = { field, column: path, ...(language && { language }) }
  if (!table) {
    if (split === undefined) mapped.values.push({ ...head, text })
    else for (const part of splitValue({ ...head, text, separator: split })) mapped.values.push({ ...head, text: part, isWhole: true })
    return
  }
  const whole = split === undefined ? lookUp(table, text) : undefined
  const words = whole ? [text.trim()] : splitValue({ ...head, text, ...(split !== undefined && { separator: split }) })
  for (const word of words) {
    const codes = whole ?? lookUp(table, word)
    mapped.values.push({ ...head, text: word, isWhole: true, ...(codes && { codes }) })
    // What a coded field does not know is reported where its own vocabulary was asked too.
    if (!codes && !isCodedField(field)) mapped.issues.push(toUnmapped(field, word))
  }
}

function lookUp(table: CompiledTable, word: string): readonly string[] | undefined {
  return table.get(word.trim()) ?? table.get(foldRaw(word))
}

function toUnmapped(field: string, word: string): Issue {
  const message = `"${word.slice(0, 100)}" is not in the vocabulary table for ${field}; it is kept as it is`
  return { code: 'value.unmapped', path: field, message, severity: 'warning', value: word.slice(0, 200) }
}
