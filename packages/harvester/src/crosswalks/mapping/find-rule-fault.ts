import { toLanguageTag } from '../../quality/language.js'
import { isObject, type JsonObject } from '../json-value.js'
import { type MappingFault, toNameFault, toPointerPart } from './mapping-fault.js'

const sources = ['from', 'firstOf', 'join', 'constant'] as const
const options = ['split', 'with', 'vocabulary', 'language'] as const
const maxPath = 500
const maxParts = 200

/** What is wrong with one rule; undefined when nothing is. */
export function findRuleFault(rule: unknown, path: string, tables: readonly string[]): MappingFault | undefined {
  if (typeof rule === 'string') return findPathFault(rule, path)
  if (!isObject(rule)) return { path, message: 'is neither a path nor a rule such as {"from": "title"}' }
  const keys = [...sources, ...options]
  const unknown = Object.keys(rule).find((key) => !(keys as readonly string[]).includes(key))
  if (unknown !== undefined) return toNameFault(`${path}/${toPointerPart(unknown)}`, unknown, keys, 'is no part of a rule')
  const given = sources.filter((key) => rule[key] !== undefined)
  if (given.length !== 1)
    return { path, message: `needs one of ${sources.join(', ')}${given.length > 1 ? `, and has ${given.join(', ')}` : ''}` }
  return findSourceFault(rule, path) ?? findOptionFault(rule, path, tables)
}

function findSourceFault({ from, firstOf, join, constant }: JsonObject, path: string): MappingFault | undefined {
  if (constant !== undefined)
    return typeof constant === 'string' && constant.trim() !== '' ? undefined : { path: `${path}/constant`, message: 'is no text' }
  if (typeof from === 'string') return findPathFault(from, `${path}/from`)
  const [key, parts] = from !== undefined ? ['from', from] : firstOf !== undefined ? ['firstOf', firstOf] : ['join', join]
  const place = `${path}/${key}`
  if (!Array.isArray(parts) || parts.length === 0 || parts.length > maxParts)
    return { path: place, message: `is no list of 1 to ${maxParts} paths` }
  for (const [index, part] of parts.entries()) {
    const fault =
      typeof part === 'string' ? findPathFault(part, `${place}/${index}`) : findConstantFault(part, `${place}/${index}`, key === 'from')
    if (fault) return fault
  }
  return undefined
}

function findConstantFault(part: unknown, path: string, isPathOnly: boolean): MappingFault | undefined {
  if (isPathOnly) return { path, message: 'is no path' }
  const isConstant = isObject(part) && typeof part.constant === 'string' && part.constant !== '' && Object.keys(part).length === 1
  return isConstant ? undefined : { path, message: 'is neither a path nor {"constant": "…"}' }
}

function findPathFault(text: string, path: string): MappingFault | undefined {
  if (text.trim() === '' || text.length > maxPath) return { path, message: `is no path of 1 to ${maxPath} characters` }
  const steps = text.split('.')
  const deep = steps.indexOf('**')
  if (deep > 0 || steps.lastIndexOf('**') > 0) return { path, message: '"**" may stand at the beginning of a path only' }
  return deep === 0 && steps.length === 1 ? { path, message: 'needs a name behind "**.", such as "**.title"' } : undefined
}

function findOptionFault(rule: JsonObject, path: string, tables: readonly string[]): MappingFault | undefined {
  for (const key of ['split', 'with', 'vocabulary', 'language'] as const) {
    const value = rule[key]
    if (value !== undefined && (typeof value !== 'string' || (key !== 'with' && value === '')))
      return { path: `${path}/${key}`, message: 'is no text' }
  }
  if (rule.with !== undefined && rule.join === undefined) return { path: `${path}/with`, message: 'belongs to a rule with join' }
  const { vocabulary, language } = rule
  if (typeof vocabulary === 'string' && !tables.includes(vocabulary))
    return toNameFault(`${path}/vocabulary`, vocabulary, tables, `names no table of "vocabularies": "${vocabulary.slice(0, 100)}"`)
  if (typeof language === 'string') return findLanguageFault(language, `${path}/language`)
  return undefined
}

/** What is wrong with a language tag. */
export function findLanguageFault(language: string, path: string): MappingFault | undefined {
  if (toLanguageTag(language) !== 'und') return undefined
  return { path, message: `"${language.slice(0, 60)}" is no language: write a BCP 47 tag such as zh-Hans, ug-Arab or en` }
}
