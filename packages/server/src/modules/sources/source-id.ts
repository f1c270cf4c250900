import { createHash } from 'node:crypto'

/** A short name for addresses, made from a source's name: its Latin letters and digits, or a digest when it has none. */
export function toSourceId(name: string): string {
  const latin = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '')
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8)
  // A name in Chinese with a number in it would otherwise become just that number.
  return /[a-z]/.test(latin) && latin.length >= 3 ? latin : `source-${digest}`
}
