import { type Client, errors, type estypes } from '@elastic/elasticsearch'
import type { PagePlace } from './page-cursor.js'
import type { StoredSource } from './to-index-document.js'

type Response = estypes.SearchResponse<StoredSource, Record<string, unknown>>

/** How long a reader may take from page to page before the list is read from the present again. */
const keepAlive = '1m'

const oneOfEachWork = { collapse: { field: 'work' } } as const

/** Asks for a page of a list. */
export interface PageRequest {
  index: string
  request: estypes.SearchRequest
  /** Where the page before it ended; absent for the first. */
  behind: PagePlace | undefined
  /** Names the list: see {@link searchCursorKey}. */
  key: string
}

/**
 * Reads one page, of each work one form. Elasticsearch can show one of a group, or go on behind a sort value, but not both: the first
 * 10,000 works are counted off, and only far behind them, where no reader goes and programs want everything, forms stand apart.
 *
 * The first page is one plain request; from the second on the list is read from a point in time, so that it stays as it is
 * while somebody pages through it. When that has expired, the list goes on from the same place with what there is now.
 */
export async function readPage(client: Client, page: PageRequest): Promise<Response> {
  const { index, request, behind, key } = page
  // The same list is read from the same copies of the shards: scores differ a little between copies. A name must not begin with _.
  const preference = `list-${key.slice(0, 16)}`
  if (!behind)
    return await client.search<StoredSource, Record<string, unknown>>({
      index,
      preference,
      allow_partial_search_results: false,
      ...request,
      ...oneOfEachWork,
    })
  const { after, from, pit } = behind
  const place = from === undefined ? { search_after: after } : { from, ...oneOfEachWork }
  const readFrom = (id: string): Promise<Response> =>
    client.search<StoredSource, Record<string, unknown>>({
      ...request,
      ...place,
      pit: { id, keep_alive: keepAlive },
      allow_partial_search_results: false,
    })
  if (pit !== undefined) {
    try {
      return await readFrom(pit)
    } catch (error) {
      if (!isGone(error)) throw error
    }
  }
  const opened = await client.openPointInTime({ index, keep_alive: keepAlive, preference })
  return await readFrom(opened.id)
}

/** Lets a point in time go before its time; whether that works is of no consequence. */
export function releasePointInTime(client: Client, id: string): void {
  client.closePointInTime({ id }).catch(() => {})
}

/** Also what somebody wrote into a cursor himself is only a point in time that there is not, however Elasticsearch fails on it. */
function isGone(error: unknown): boolean {
  return error instanceof errors.ResponseError && [400, 404, 500].includes(error.statusCode ?? 0)
}
