import { createHash } from 'node:crypto'

/** A short name for a list of values that is the same wherever and whenever it is made. */
export function fingerprint(...values: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 32)
}
