import type { ResourceDraft } from '@edufed/sdk/schemas'

/** A resource as lines, `field: value`: codes by their notation, texts with their language. */
export function toResourceLines(resource: ResourceDraft): string[] {
  return Object.entries(resource).flatMap(([field, value]) =>
    field === 'sourceValues' ? toSourceLines(value as NonNullable<ResourceDraft['sourceValues']>) : toLines(field, value),
  )
}

function toSourceLines(values: Record<string, string[]>): string[] {
  return Object.entries(values).map(([field, words]) => `sourceValues.${field}: ${words.join(' | ')}`)
}

function toLines(field: string, value: unknown): string[] {
  if (Array.isArray(value)) {
    const plain = value.map((entry) => toShort(entry)).filter((entry) => entry !== undefined)
    if (plain.length === value.length) return [`${field}: ${plain.join(', ')}`]
    return value.flatMap((entry) => toLines(field, entry))
  }
  const short = toShort(value)
  if (short !== undefined) return [`${field}: ${short}`]
  return Object.entries(value as object).flatMap(([key, inner]) => toLines(`${field}.${key}`, inner))
}

/** What says enough on one line; undefined for anything that has parts. */
function toShort(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return String(value)
  const { notation, label, raw, value: text, scheme, name, language } = value as Record<string, unknown>
  if (typeof notation === 'string') return notation
  if (typeof raw === 'string') return typeof label === 'string' ? label : `unknown (${raw})`
  if (typeof scheme === 'string') return `${scheme} ${text}`
  if (typeof text === 'string') return typeof language === 'string' ? `${text} (${language})` : text
  const names = typeof name === 'object' && name !== null ? Object.values(name) : []
  return names.length > 0 && Object.keys(value).every((key) => ['name', 'type'].includes(key)) ? names.join(' / ') : undefined
}
