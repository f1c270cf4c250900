import { isApiError } from '../errors/api-error.js'
import { isProtocolError } from '../errors/protocol-error.js'
import { isTransient, toDelayMs } from './retry.js'
import { wait } from './wait.js'

export interface FollowSpec<T> {
  /** Everything new since the last item, by plain requests. */
  catchUp: () => AsyncIterable<T>
  /** What comes from now on, by server-sent events. */
  listen: () => AsyncIterable<T>
  /** True for the item after which nothing more comes. */
  isLast?: (item: T) => boolean
  /** How often to ask when the node, or a proxy before it, offers no events. */
  pollMs: number
  signal?: AbortSignal
}

/**
 * Items as they come, for as long as the caller asks.
 *
 * Each connection is preceded by catching up, so that nothing is missed in between. The first failure of all is thrown, for the address
 * or the key may be wrong; later ones that may pass are outlasted.
 */
export async function* follow<T>({ catchUp, listen, isLast, pollMs, signal }: FollowSpec<T>): AsyncGenerator<T, void, undefined> {
  let failures = 0
  let hasBegun = false
  let hasEvents = true
  for (;;) {
    let delayMs = pollMs
    let isListening = false
    try {
      for await (const item of catchUp()) {
        yield item
        if (isLast?.(item)) return
      }
      hasBegun = true
      if (hasEvents) {
        isListening = true
        for await (const item of listen()) {
          failures = 0
          yield item
          if (isLast?.(item)) return
        }
        delayMs = toDelayMs(undefined, failures++)
      } else failures = 0
    } catch (error) {
      if (isListening && isWithoutEvents(error)) hasEvents = false
      else if (hasBegun && isTransient(error)) delayMs = toDelayMs(error, failures++)
      else throw error
    }
    await wait(delayMs, signal)
  }
}

function isWithoutEvents(error: unknown): boolean {
  return isProtocolError(error) || (isApiError(error) && [404, 405, 406, 415, 501].includes(error.status))
}
