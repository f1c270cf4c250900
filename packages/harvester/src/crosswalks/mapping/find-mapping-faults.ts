import { isObject } from '../json-value.js'
import { resourceFields } from '../resource-fields.js'
import { builtInMappings } from './built-in-mappings.js'
import { findLanguageFault, findRuleFault } from './find-rule-fault.js'
import { findTableFaults, type TableUse } from './find-table-faults.js'
import { type MappingFault, toNameFault, toPointerPart } from './mapping-fault.js'

const mappingKeys = ['extends', 'name', 'version', 'language', 'fields', 'vocabularies', 'keepOthers']
const maxRules = 500
const maxFaults = 50

/** Everything that is wrong with a mapping; empty when it can be applied. */
export function findMappingFaults(mapping: unknown): MappingFault[] {
  if (Array.isArray(mapping)) {
    const message = 'is a list; a mapping is an object with its rules by field: {"fields": {"name": "title"}}'
    return [{ path: '', message }]
  }
  if (!isObject(mapping)) return [{ path: '', message: 'is no object with "fields"' }]
  const faults: MappingFault[] = []
  for (const key of Object.keys(mapping))
    if (!mappingKeys.includes(key)) faults.push(toNameFault(`/${toPointerPart(key)}`, key, mappingKeys, 'is no part of a mapping'))
  for (const key of ['extends', 'name', 'version', 'language'])
    if (mapping[key] !== undefined && typeof mapping[key] !== 'string') faults.push({ path: `/${key}`, message: 'is no text' })
  if (mapping.keepOthers !== undefined && typeof mapping.keepOthers !== 'boolean')
    faults.push({ path: '/keepOthers', message: 'is neither true nor false' })
  const languageFault = typeof mapping.language === 'string' ? findLanguageFault(mapping.language, '/language') : undefined
  if (languageFault) faults.push(languageFault)
  if (typeof mapping.extends === 'string' && !Object.hasOwn(builtInMappings, mapping.extends))
    faults.push(
      toNameFault(
        '/extends',
        mapping.extends,
        Object.keys(builtInMappings),
        `is no mapping that is built in: "${mapping.extends.slice(0, 100)}"`,
      ),
    )
  const tables = mapping.vocabularies
  if (tables !== undefined && !isObject(tables)) faults.push({ path: '/vocabularies', message: 'is no object with tables by name' })
  const names = isObject(tables) ? Object.keys(tables) : []
  const uses: TableUse[] = []
  faults.push(...findFieldFaults(mapping.fields, names, uses))
  if (isObject(tables)) faults.push(...findTableFaults(tables, uses))
  const hasName = isObject(mapping.fields) && mapping.fields.name !== undefined
  if (!hasName && typeof mapping.extends !== 'string')
    faults.push({ path: '/fields/name', message: 'is missing: say where the title of a record stands' })
  return faults.slice(0, maxFaults)
}

function findFieldFaults(fields: unknown, tables: readonly string[], uses: TableUse[]): MappingFault[] {
  if (fields === undefined) return []
  if (!isObject(fields)) return [{ path: '/fields', message: 'is no object with rules by field' }]
  const faults: MappingFault[] = []
  let count = 0
  for (const [field, given] of Object.entries(fields)) {
    const path = `/fields/${toPointerPart(field)}`
    if (!(resourceFields as readonly string[]).includes(field)) {
      faults.push(toNameFault(path, field, resourceFields, 'is no field of a resource'))
      continue
    }
    const rules = Array.isArray(given) ? given : [given]
    if (rules.length === 0) faults.push({ path, message: 'has no rule' })
    for (const [index, rule] of rules.slice(0, maxRules).entries()) {
      const place = Array.isArray(given) ? `${path}/${index}` : path
      const fault = findRuleFault(rule, place, tables)
      if (fault) faults.push(fault)
      else if (isObject(rule) && typeof rule.vocabulary === 'string') uses.push({ field, table: rule.vocabulary })
    }
    count += rules.length
  }
  if (count > maxRules) faults.push({ path: '/fields', message: `has more than ${maxRules} rules` })
  return faults
}
