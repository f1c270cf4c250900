import { randomBytes } from 'node:crypto'

/**
 * A UUID version 7: ids made later sort behind ids made earlier.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7}
 */
export function createTimeOrderedId(now: Date = new Date()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now.getTime(), 0, 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
