import { createHash } from 'node:crypto'
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
  return createHash('sha256').update(canonical(draft)).digest('hex')
}

function canonical(draft: ResourceDraft): string {
  const fields = Object.entries(draft) as [string, unknown][]
  const parts: string[] = []
  for (const [name, value] of fields.toSorted(byKey)) {
    const text = canonicalField(name, value)
    if (text !== undefined) parts.push(`${JSON.stringify(name)}:${text}`)
  }
  return `{${parts.join(',')}}`
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
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined
  if (Array.isArray(value)) return `[${value.map((entry) => canonicalValue(entry) ?? 'null').join(',')}]`
  if (typeof value === 'object' && value !== null) return canonicalObject(value, canonicalValue)
  return JSON.stringify(value)
}

function canonicalSet(values: readonly unknown[]): string | undefined {
  if (values.length === 0) return undefined
  const texts = new Set(values.map((value) => canonicalValue(value) ?? 'null'))
  return `[${[...texts].toSorted().join(',')}]`
}

function canonicalObject(value: object, canonicalEntry: (entry: unknown) => string | undefined): string {
  const parts: string[] = []
  for (const [key, entry] of Object.entries(value).toSorted(byKey)) {
    const text = canonicalEntry(entry)
    if (text !== undefined) parts.push(`${JSON.stringify(key)}:${text}`)
  }
  return `{${parts.join(',')}}`
}

function byKey([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function pathOf(url: string): string {
  return URL.canParse(url) ? url.slice(url.indexOf('/', url.indexOf('://') + 3)) : url
}
