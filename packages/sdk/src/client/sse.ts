import { ProtocolError } from '../errors/protocol-error.js'
import { isProblem, toApiError } from './api-error.js'
import type { Connection } from './connection.js'
import { readLines } from './lines.js'
import { requestStream } from './request.js'
import type { Query } from './url.js'

/** The node sends a comment at least every 20 seconds; a longer silence means that the connection is gone. */
const idleMs = 60_000

/** One server-sent event. */
export interface ServerEvent {
  event: string
  data: string
  id: string
}

export interface EventSpec {
  path: readonly string[]
  query?: Query
  /** Name of the events that are wanted. */
  event: string
  signal?: AbortSignal
}

/** The JSON data of the events of one connection. Ends when the node closes it; throws when it breaks. */
export async function* readEvents<T>(connection: Connection, spec: EventSpec): AsyncGenerator<T, void, undefined> {
  const response = await requestStream(connection, spec, 'text/event-stream')
  for await (const { event, data } of parseEvents(readLines(response, { signal: spec.signal, idleMs }))) {
    if (event !== spec.event && event !== 'error') continue
    let value: unknown
    try {
      value = JSON.parse(data)
    } catch (error) {
      throw new ProtocolError(`An event of ${spec.path.join('/')} is not JSON`, error)
    }
    if (event === spec.event) yield value as T
    else if (isProblem(value)) throw toApiError(value.status, data, () => undefined, spec.path.join('/'))
  }
}

/**
 * Server-sent events from the lines of a stream.
 *
 * @see {@link https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation}
 */
export async function* parseEvents(lines: AsyncIterable<string>): AsyncGenerator<ServerEvent, void, undefined> {
  let event = ''
  let data: string[] = []
  let id = ''
  for await (const line of lines) {
    if (line === '') {
      if (data.length > 0) yield { event: event || 'message', data: data.join('\n'), id }
      event = ''
      data = []
      continue
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []
    if (field === 'event') event = value
    else if (field === 'data') data.push(value)
    else if (field === 'id' && !value.includes('\0')) id = value
  }
}
