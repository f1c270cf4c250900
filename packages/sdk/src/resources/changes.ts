import type { Connection } from '../client/connection.js'
import { follow } from '../client/follow.js'
import { type CallOptions, requestJson } from '../client/request.js'
import { readEvents } from '../client/sse.js'
import type { Change, ChangeList, ChangeQuery } from '../contract.js'

export interface FollowChangesOptions extends ChangeQuery, CallOptions {
  /** Goes on with what changes from now on, instead of ending at the present. @default false */
  live?: boolean
  /** Milliseconds between questions when server-sent events do not get through. @default 5000 */
  pollMs?: number
}

export interface ChangesApi {
  /** One page of the change log. */
  list(query?: ChangeQuery, options?: CallOptions): Promise<ChangeList>
  /**
   * Every change behind `after`, in order, none left out; keep `change.cursor` of the last one you dealt with, to go on from there.
   *
   * With `live` it never ends by itself: it outlasts broken connections and restarts of the node.
   */
  follow(options?: FollowChangesOptions): AsyncGenerator<Change, void, undefined>
}

export function createChangesApi(connection: Connection): ChangesApi {
  const list: ChangesApi['list'] = (query = {}, options) => requestJson(connection, { path: ['changes'], query: { ...query }, ...options })
  return {
    list,
    follow({ live = false, pollMs = 5_000, signal, after, ...query } = {}) {
      const call = signal ? { signal } : {}
      let cursor = after
      const position = () => (cursor === undefined ? query : { ...query, after: cursor })
      async function* catchUp() {
        for (;;) {
          const { changes, cursor: end, hasMore } = await list(position(), call)
          for (const change of changes) {
            cursor = change.cursor
            yield change
          }
          cursor = end
          if (!hasMore) return
        }
      }
      async function* listen() {
        for await (const change of readEvents<Change>(connection, { path: ['changes'], query: position(), event: 'change', ...call })) {
          cursor = change.cursor
          yield change
        }
      }
      return live ? follow({ catchUp, listen, pollMs, ...call }) : catchUp()
    },
  }
}
