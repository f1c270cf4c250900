import type { estypes } from '@elastic/elasticsearch'
import { decodeCursor, encodeCursor, invalidCursor } from '../cursor.js'

/** The place behind the last hit of a page. */
export interface PagePlace {
  /** Sort values of that hit: score or date, tie, and id. */
  after: [number, number, string]
  /** How many works stand before it; absent behind {@link largestFrom}. */
  from?: number
  /** The point in time that the list is read from, from the second page on. */
  pit?: string
}

/** Elasticsearch counts up to 10,000 from the start of a list; the largest page and the hit behind it have room before that. */
export const largestFrom = 9_899

/** What the schema of SearchQuery takes, less what a note of the words that were left out needs. */
const longestCursor = 7_800

export function encodePlace(place: PagePlace, key: string): string {
  const cursor = encodeCursor(place, key)
  // The name of a point in time grows with the number of shards; the list goes on without it, too.
  if (cursor.length <= longestCursor) return cursor
  const { pit: _, ...rest } = place
  return encodeCursor(rest, key)
}

/** @throws {ServerError} `EDUFED_CURSOR_INVALID` when it is not one of ours for this list. */
export function decodePlace(cursor: string, key: string): PagePlace {
  const { after, from, pit } = decodeCursor(cursor, key) as Partial<PagePlace>
  const isPlace = Array.isArray(after) && after.map((value) => typeof value).join() === 'number,number,string'
  const isCount = from === undefined || (Number.isInteger(from) && from > 0 && from <= largestFrom)
  if (!isPlace || !isCount || (pit !== undefined && typeof pit !== 'string')) throw invalidCursor()
  return { after, ...(from === undefined ? {} : { from }), ...(pit === undefined ? {} : { pit }) }
}

/**
 * The place behind a hit. A point in time adds a sort value of its own, which is not ours to keep.
 *
 * @param from - How many works stand before the place; undefined when they are no longer counted.
 * @param most - So many works are counted.
 */
export function placeBehind(
  hit: estypes.SearchHit,
  { from, pit, most }: { from: number | undefined; pit: string | undefined; most: number },
): PagePlace {
  const after = hit.sort?.slice(0, 3) as PagePlace['after']
  return { after, ...(from === undefined || from > most ? {} : { from }), ...(pit === undefined ? {} : { pit }) }
}
