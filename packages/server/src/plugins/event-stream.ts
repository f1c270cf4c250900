import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { App } from '../app-instance.js'

/** One server-sent event. */
export interface ServerSentEvent {
  event?: string
  id?: string
  data: unknown
}

export interface EventStreamOptions {
  heartbeatMs: number
  /** How long a client may take nothing before it is cut off. */
  stallMs: number
}

declare module 'fastify' {
  interface FastifyReply {
    /**
     * Answers with server-sent events for as long as `events` gives some, the client listens and the server runs.
     * Nothing is read ahead for a slow client: the generator waits for it. `signal` aborts when the stream is over.
     */
    sendEvents(events: (signal: AbortSignal) => AsyncIterable<ServerSentEvent>): FastifyReply
  }
}

/** Adds `reply.sendEvents`. All streams end when the server closes. */
export function addEventStreams(app: App, options: EventStreamOptions): void {
  const closing = new AbortController()
  app.addHook('preClose', async () => closing.abort())
  app.decorateReply('sendEvents', function (events) {
    const over = new AbortController()
    const signal = AbortSignal.any([closing.signal, over.signal])
    const stream = Readable.from(toText(events(signal), signal, options), { objectMode: false, highWaterMark: 65_536 })
    this.raw.once('close', () => over.abort())
    watchStall(this, stream, options.stallMs)
    return this.header('cache-control', 'no-store').header('x-accel-buffering', 'no').type('text/event-stream; charset=utf-8').send(stream)
  })
}

/** Cuts off a client that leaves data unread for too long. */
function watchStall(reply: FastifyReply, stream: Readable, stallMs: number): void {
  let written = -1
  const timer = setInterval(() => {
    const socket = reply.raw.socket
    const isWaiting = (socket?.writableLength ?? 0) > 0
    if (isWaiting && socket?.bytesWritten === written) {
      reply.request.log.info({ stallMs }, 'An event stream was cut off: its client reads nothing')
      socket?.destroy()
    }
    written = socket?.bytesWritten ?? -1
  }, stallMs)
  timer.unref()
  stream.once('close', () => clearInterval(timer))
}

async function* toText(events: AsyncIterable<ServerSentEvent>, signal: AbortSignal, { heartbeatMs }: EventStreamOptions) {
  const iterator = events[Symbol.asyncIterator]()
  let next: Promise<IteratorResult<ServerSentEvent>> | undefined
  try {
    yield ': open\n\n'
    while (!signal.aborted) {
      next ??= iterator.next()
      const result = await settleWithin(next, heartbeatMs, signal)
      if (signal.aborted) return
      if (result === undefined) {
        yield ': heartbeat\n\n'
        continue
      }
      next = undefined
      if (result.done) return
      yield encode(result.value)
    }
  } finally {
    // The generator sees the aborted signal and ends by itself; a failure of it then has no one to go to.
    next?.catch(() => undefined)
    void iterator.return?.()?.catch(() => undefined)
  }
}

/** The promise's value, or undefined when the time is over or the signal aborts. */
function settleWithin<T>(promise: Promise<T>, ms: number, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
    }
    const giveUp = () => {
      stop()
      resolve(undefined)
    }
    const timer = setTimeout(giveUp, ms)
    signal.addEventListener('abort', giveUp, { once: true })
    if (signal.aborted) giveUp()
    promise.then(
      (value) => {
        stop()
        resolve(value)
      },
      (error: unknown) => {
        stop()
        reject(error)
      },
    )
  })
}

function encode({ event, id, data }: ServerSentEvent): string {
  const lines = [event && `event: ${event}`, id && `id: ${id}`, `data: ${JSON.stringify(data)}`].filter(Boolean)
  return `${lines.join('\n')}\n\n`
}
