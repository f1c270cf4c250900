import { toLanguageTag } from '../../quality/language.js'
import { toLicense } from '../../quality/license.js'
import { vocabularies } from '../../vocabularies/registry.js'
import { findCode, isCodedField, vocabulariesOf } from '../concept-collector.js'
import { isObject, type JsonObject } from '../json-value.js'
import { type MappingFault, toNameFault, toPointerPart } from './mapping-fault.js'

/** A field that reads its values by a table. */
export interface TableUse {
  field: string
  table: string
}

const maxEntries = 20_000

/** What is wrong with the vocabulary tables: a code must be one of each field that uses its table. */
export function findTableFaults(tables: JsonObject, uses: readonly TableUse[]): MappingFault[] {
  return Object.entries(tables).flatMap(([name, table]): MappingFault[] => {
    const path = `/vocabularies/${toPointerPart(name)}`
    if (!isObject(table)) return [{ path, message: 'is no object with a code for each raw value' }]
    const entries = Object.entries(table)
    if (entries.length > maxEntries) return [{ path, message: `has more than ${maxEntries} values` }]
    const fields = [...new Set(uses.filter((use) => use.table === name).map(({ field }) => field))]
    return entries.flatMap(([raw, codes]) => findEntryFaults(codes, `${path}/${toPointerPart(raw)}`, fields))
  })
}

function findEntryFaults(codes: unknown, path: string, fields: readonly string[]): MappingFault[] {
  if (codes === null) return []
  const list = Array.isArray(codes) ? codes : [codes]
  return list.flatMap((code): MappingFault[] => {
    if (typeof code !== 'string' || code.trim() === '') return [{ path, message: 'is neither a code, a list of codes nor null' }]
    return fields.flatMap((field) => findCodeFault(code, field, path) ?? [])
  })
}

function findCodeFault(code: string, field: string, path: string): MappingFault | undefined {
  const written = `"${code.slice(0, 60)}"`
  if (field === 'language')
    return toLanguageTag(code) === 'und' ? { path, message: `${written} is no language: write a BCP 47 tag such as zh-Hans` } : undefined
  if (field === 'license')
    return toLicense(code).id === null
      ? { path, message: `${written} is no licence that is known: write its address, or e.g. CC BY 4.0` }
      : undefined
  if (!isCodedField(field) || findCode(field, code)) return undefined
  const valid = vocabulariesOf(field).flatMap((name) => vocabularies[name].concepts.map(({ notation }) => notation))
  return toNameFault(path, code, valid, `${written} is no code for ${field}`)
}
