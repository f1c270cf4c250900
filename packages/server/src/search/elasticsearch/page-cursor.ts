import type { estypes } from '@elastic/elasticsearch'
import { decodeCursor, encodeCursor, invalidCursor } from '../cursor.js'

/** The place behind the last hit of a page. */
export interface PagePlace {
  /** Sort values of that hit: score or date, tie, and id. */
  after: [number, number, string]
  /** The point in time that the list is read from, from the second page on. */
  pit?: string
}

/** What the schema of SearchQuery takes. */
const longestCursor = 8_000

export function encodePlace(place: PagePlace, key: string): string {
  const cursor = encodeCursor(place, key)
  // The name of a point in time grows with the number of shards; the list goes on without it, too.
  return cursor.length <= longestCursor ? cursor : encodeCursor({ after: place.after }, key)
}

/** @throws {ServerError} `EDUFED_CURSOR_INVALID` when it is not one of ours for this list. */
export function decodePlace(cursor: string, key: string): PagePlace {
  const { after, pit } = decodeCursor(cursor, key) as Partial<PagePlace>
  const isPlace = Array.isArray(after) && after.map((value) => typeof value).join() === 'number,number,string'
  if (!isPlace || (pit !== undefined && typeof pit !== 'string')) throw invalidCursor()
  return pit === undefined ? { after } : { after, pit }
}

/** The place behind a hit. A point in time adds a sort value of its own, which is not ours to keep. */
export function placeBehind(hit: estypes.SearchHit, pit: string | undefined): PagePlace {
  const after = hit.sort?.slice(0, 3) as PagePlace['after']
  return pit === undefined ? { after } : { after, pit }
}
