import { toList } from './json-ld-node.js'
import { isObject, type JsonObject } from './json-value.js'

/** A text with the language that the document declares for it. */
export interface TaggedText {
  text: string
  language?: string
}

const tag = /^(?:[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*|und|@none)$/

/** Texts of a value: bare, as `{"@value", "@language"}`, as a language map, or the name of an object. */
export function textsOf(value: unknown): TaggedText[] {
  return toList(value).flatMap((entry): TaggedText[] => {
    if (typeof entry === 'string') return entry.trim() === '' ? [] : [{ text: entry }]
    if (typeof entry === 'number' || typeof entry === 'boolean') return [{ text: String(entry) }]
    if (!isObject(entry)) return []
    if ('@value' in entry) return toTagged(entry['@value'], entry['@language'])
    const map = languageMapOf(entry)
    if (map.length > 0) return map
    return labelsOf(entry)
  })
}

/** Labels of a concept or a thing: preferred ones, name, then code. */
export function labelsOf(node: JsonObject): TaggedText[] {
  return [
    'prefLabel',
    'skos:prefLabel',
    'name',
    'schema:name',
    'label',
    'rdfs:label',
    'termCode',
    'notation',
    'targetName',
    'audienceType',
    'alternateName',
  ].flatMap((key) =>
    toList(node[key]).flatMap((label) => {
      if (typeof label === 'string' || typeof label === 'number') return toTagged(label, undefined)
      if (!isObject(label)) return []
      return '@value' in label ? toTagged(label['@value'], label['@language']) : languageMapOf(label)
    }),
  )
}

function languageMapOf(node: JsonObject): TaggedText[] {
  const keys = Object.keys(node)
  if (keys.length === 0 || keys.includes('id') || !keys.every((key) => tag.test(key))) return []
  return keys.flatMap((key) => toList(node[key]).flatMap((text) => toTagged(text, key === 'und' || key === '@none' ? undefined : key)))
}

function toTagged(text: unknown, language: unknown): TaggedText[] {
  if (typeof text === 'number' || typeof text === 'boolean') return [{ text: String(text) }]
  if (typeof text !== 'string' || text.trim() === '') return []
  return [typeof language === 'string' ? { text, language } : { text }]
}
