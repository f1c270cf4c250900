import { hash } from 'node:crypto'
import type { ResourceDraft } from '@edufed/sdk/schemas'

/** Lists whose order says nothing; they are compared as sets. All others (authors, chapters, parts) keep their order. */
const sets = new Set([
  'type',
  'alternateName',
  'identifier',
  'inLanguage',
  'keywords',
  'about',
  'educationalLevel',
  'learningResourceType',
  'audience',
  'encoding',
  'isPartOf',
  'isBasedOn',
])

/**
 * SHA-256 over what a record means. Which host serves the thumbnail, the order of keys and of lists without an order,
 * repeated entries, and fields without a value make no difference.
 */
export function contentHash(draft: ResourceDraft): string {
  return hash('sha256', canonical(draft))
}

function canonical(draft: ResourceDraft): string {
  const fields = draft as Record<string, unknown>
  let text = ''
  for (const name of Object.keys(fields).sort()) {
    const value = canonicalField(name, fields[name])
    if (value !== undefined) text += `${quoteKey(name)}:${value},`
  }
  return text
}

function canonicalField(name: string, value: unknown): string | undefined {
  if (name === 'thumbnailUrl' && typeof value === 'string') return JSON.stringify(pathOf(value))
  if (sets.has(name) && Array.isArray(value)) return canonicalSet(value)
  if (name === 'sourceValues' && typeof value === 'object' && value !== null) {
    return canonicalObject(value, (entry) => (Array.isArray(entry) ? canonicalSet(entry) : canonicalValue(entry)))
  }
  return canonicalValue(value)
}

function canonicalValue(value: unknown): string | undefined {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined
  if (Array.isArray(value)) return `[${value.map((entry) => canonicalValue(entry) ?? 'null').join(',')}]`
  if (typeof value === 'object' && value !== null) return canonicalObject(value, canonicalValue)
  return JSON.stringify(value)
}

function canonicalSet(values: readonly unknown[]): string | undefined {
  if (values.length === 0) return undefined
  if (values.length === 1) return `[${canonicalValue(values[0]) ?? 'null'}]`
  const texts = new Set(values.map((value) => canonicalValue(value) ?? 'null'))
  return `[${[...texts].sort().join(',')}]`
}

function canonicalObject(value: object, canonicalEntry: (entry: unknown) => string | undefined): string {
  let text = '{'
  for (const key of Object.keys(value).sort()) {
    const entry = canonicalEntry((value as Record<string, unknown>)[key])
    if (entry !== undefined) text += `${quoteKey(key)}:${entry},`
  }
  return `${text}}`
}

/** Names of fields and languages: few, in every record. */
const quotedKeys = new Map<string, string>()
const maxKeys = 1_000

function quoteKey(key: string): string {
  let quoted = quotedKeys.get(key)
  if (quoted === undefined) {
    quoted = JSON.stringify(key)
    if (quotedKeys.size < maxKeys) quotedKeys.set(key, quoted)
  }
  return quoted
}

function pathOf(url: string): string {
  return URL.canParse(url) ? url.slice(url.indexOf('/', url.indexOf('://') + 3)) : url
}
