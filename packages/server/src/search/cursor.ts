import { createHash } from 'node:crypto'
import { ServerError } from '../errors.js'
import type { ResolvedSearchQuery } from './search-index.js'

const checksumBytes = 9

/**
 * An opaque place in a list, as text for an address.
 *
 * The checksum covers `key` too, so that a cursor opens only the list that gave it. It finds mistakes, it keeps no secrets:
 * whoever decodes a cursor still checks what is in it.
 *
 * @param key - What the list is: e.g. {@link searchCursorKey}, or the epoch of the change log.
 */
export function encodeCursor(payload: object, key: string): string {
  const body = Buffer.from(JSON.stringify(payload))
  return Buffer.concat([checksum(body, key), body]).toString('base64url')
}

/** The payload that {@link encodeCursor} was given with the same key. @throws {ServerError} `EDUFED_CURSOR_INVALID` for anything else. */
export function decodeCursor(text: string, key: string): object {
  const bytes = Buffer.from(text, 'base64url')
  const body = bytes.subarray(checksumBytes)
  // Buffer skips characters that are not base64url: only the text that we would write ourselves is ours.
  const isOurs = bytes.toString('base64url') === text && checksum(body, key).equals(bytes.subarray(0, checksumBytes))
  if (!isOurs) throw invalidCursor()
  return JSON.parse(body.toString('utf8')) as object
}

/** The error for a cursor that is mangled, or of another query, engine or change log. */
export function invalidCursor(): ServerError {
  return new ServerError('EDUFED_CURSOR_INVALID', 'This cursor was not given for this query by this node; start again without a cursor', {
    errors: [{ path: 'cursor', message: 'belongs to another list', fix: 'Leave it out to get the first page' }],
  })
}

/** Names the list that a query makes on an engine. Page size and facets may change from page to page; the reader's language orders the list. */
export function searchCursorKey(engine: string, query: Pick<ResolvedSearchQuery, 'text' | 'sort' | 'filters' | 'lang'>): string {
  const filters = Object.entries(query.filters)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => [name, [...values].sort()] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([engine, query.text, query.sort, filters, query.sort === 'relevance' ? query.lang : '']))
    .digest('base64url')
}

function checksum(body: Uint8Array, key: string): Buffer {
  return createHash('sha256').update(`${key.length}:${key}`).update(body).digest().subarray(0, checksumBytes)
}
