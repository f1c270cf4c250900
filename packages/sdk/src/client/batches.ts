import { UsageError } from '../errors/usage-error.js'

/** Records of one request, as lines of JSON. */
export interface Batch {
  count: number
  body: Uint8Array<ArrayBuffer>
  /** Why nothing follows this batch: what the iterable threw, or the record that cannot be JSON. */
  failure?: { error: unknown }
}

export interface BatchLimits {
  maxRecords: number
  maxBytes: number
  /** How long a batch that has records waits for the next one. */
  lingerMs: number
}

/**
 * Packs values as NDJSON batches. The next value is taken only when the next batch is asked for; a value larger than the limit goes alone.
 *
 * A failing iterable does not swallow what it gave before: that is the last batch, which carries the failure.
 */
export async function* toBatches<T>(values: Iterable<T> | AsyncIterable<T>, limits: BatchLimits): AsyncGenerator<Batch, void, undefined> {
  const iterator = Symbol.asyncIterator in values ? values[Symbol.asyncIterator]() : values[Symbol.iterator]()
  const encoder = new TextEncoder()
  let lines: Uint8Array[] = []
  let bytes = 0
  let pending: Promise<IteratorResult<T>> | undefined
  let isDone = false
  const take = (failure?: Batch['failure']): Batch => {
    const batch = { count: lines.length, body: concatenate(lines, bytes), ...(failure && { failure }) }
    lines = []
    bytes = 0
    return batch
  }
  try {
    for (;;) {
      let line: Uint8Array
      try {
        pending ??= Promise.resolve(iterator.next())
        const next = await (lines.length > 0 ? withinMs(pending, limits.lingerMs) : pending)
        if (next === undefined) {
          yield take()
          continue
        }
        pending = undefined
        if (next.done) break
        line = encoder.encode(toLine(next.value))
      } catch (error) {
        isDone = pending !== undefined
        yield take({ error })
        return
      }
      if (lines.length > 0 && bytes + line.length > limits.maxBytes) yield take()
      lines.push(line)
      bytes += line.length
      if (lines.length >= limits.maxRecords || bytes >= limits.maxBytes) yield take()
    }
    isDone = true
    if (lines.length > 0) yield take()
  } finally {
    // A pending `next` of a slow iterable would hold `return` back: it is told, not waited for.
    if (!isDone) {
      const closing = Promise.resolve(iterator.return?.())
      if (pending) closing.catch(() => undefined)
      else await closing
      pending?.catch(() => undefined)
    }
  }
}

function toLine(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined
  if (json === undefined) throw new UsageError(`A record cannot be ${typeof value}`)
  return `${json}\n`
}

function concatenate(lines: readonly Uint8Array[], bytes: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(bytes)
  let offset = 0
  for (const line of lines) {
    body.set(line, offset)
    offset += line.length
  }
  return body
}

async function withinMs<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
