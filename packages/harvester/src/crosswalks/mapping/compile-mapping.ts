import { type ResourceField, resourceFields } from '../resource-fields.js'
import { builtInMappings } from './built-in-mappings.js'
import type { FieldRules, Mapping, MappingPart, MappingRule } from './mapping.js'

/** A vocabulary table, by the raw value and by its folded key. */
export type CompiledTable = ReadonlyMap<string, readonly string[]>

export interface CompiledRule {
  field: ResourceField
  mode: 'all' | 'first' | 'join'
  parts: readonly MappingPart[]
  with: string
  split?: string
  language?: string
  table?: CompiledTable
}

/** A mapping as it is applied. */
export interface CompiledMapping {
  rules: readonly CompiledRule[]
  language?: string
  keepsOthers: boolean
  /** Names, in lower case, that rules look for at any depth. */
  anywhere: ReadonlySet<string>
}

const compiled = new WeakMap<Mapping, CompiledMapping>()

/** Makes a mapping ready to be applied. It must have no faults. */
export function compileMapping(mapping: Mapping): CompiledMapping {
  const known = compiled.get(mapping)
  if (known) return known
  const { fields = {}, vocabularies = {}, language, keepOthers } = resolveMapping(mapping)
  const tables = new Map(Object.entries(vocabularies).map(([name, table]) => [name, compileTable(table)]))
  const rules = resourceFields.flatMap((field) => {
    const given = fields[field]
    return given === undefined ? [] : toRuleList(given).map((rule) => compileRule(field, rule, tables))
  })
  const anywhere = new Set(pathsOf(rules).flatMap((path) => (/^\*\*\.([^.@]+)$/.exec(path)?.[1] ?? '').toLowerCase() || []))
  const result = { rules, ...(language && { language }), keepsOthers: keepOthers === true, anywhere }
  compiled.set(mapping, result)
  return result
}

/** The mapping with what it extends. */
export function resolveMapping(mapping: Mapping): Mapping {
  const base =
    mapping.extends !== undefined && Object.hasOwn(builtInMappings, mapping.extends) ? builtInMappings[mapping.extends] : undefined
  if (!base) return mapping
  const { extends: _, ...own } = mapping
  return {
    ...base,
    ...own,
    fields: { ...base.fields, ...own.fields },
    vocabularies: { ...base.vocabularies, ...own.vocabularies },
  }
}

/** The rules of a field as a list. */
export function toRuleList(rules: FieldRules): readonly (string | MappingRule)[] {
  return typeof rules === 'string' || !Array.isArray(rules) ? [rules as string | MappingRule] : rules
}

/** The paths that rules read. */
export function pathsOf(rules: readonly CompiledRule[]): string[] {
  return rules.flatMap(({ parts }) => parts.filter((part) => typeof part === 'string'))
}

function compileRule(field: ResourceField, given: string | MappingRule, tables: ReadonlyMap<string, CompiledTable>): CompiledRule {
  if (typeof given === 'string') return { field, mode: 'all', parts: [given], with: ' ' }
  const { split, vocabulary, language } = given
  const table = vocabulary === undefined ? undefined : tables.get(vocabulary)
  const shared = { field, ...(split && { split }), ...(language && { language }), ...(table && { table }) }
  if ('firstOf' in given) return { ...shared, mode: 'first', parts: given.firstOf, with: ' ' }
  if ('join' in given) return { ...shared, mode: 'join', parts: given.join, with: given.with ?? ' ' }
  if ('constant' in given) return { ...shared, mode: 'all', parts: [{ constant: given.constant }], with: ' ' }
  return { ...shared, mode: 'all', parts: typeof given.from === 'string' ? [given.from] : given.from, with: ' ' }
}

function compileTable(table: Readonly<Record<string, string | readonly string[] | null>>): CompiledTable {
  const entries = Object.entries(table).map(([raw, codes]): [string, readonly string[]] => [
    raw.trim(),
    codes === null ? [] : typeof codes === 'string' ? [codes] : codes,
  ])
  // What is written exactly so counts before what is only alike.
  return new Map([...entries.map(([raw, codes]): [string, readonly string[]] => [foldRaw(raw), codes]).reverse(), ...entries])
}

/** Width and case of letters, and runs of white space, tell no two raw values apart. */
export function foldRaw(raw: string): string {
  return raw.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}
