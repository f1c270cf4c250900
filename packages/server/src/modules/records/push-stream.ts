import type { PushResult } from '@edufed/sdk/schemas'
import type { Ingest, IngestSource } from '../../ingest/ingest.js'
import { type PushLine, readLines } from './read-lines.js'
import { toPushItem } from './to-push-item.js'

const batchRecords = 500
const batchBytes = 4 * 1024 * 1024
/** A sender that pauses gets the results of what it has sent so far. */
const pauseMs = 20

export interface PushStreamOptions {
  maxLineBytes: number
  /** How long a sender may send nothing. */
  stallMs: number
}

/**
 * Keeps the records of a streamed body, in batches, and gives one result line a record in the order sent.
 * A result line means that its record is kept for good; nothing is read while the results are not taken.
 */
export async function* pushStream(
  ingest: Ingest,
  source: IngestSource,
  body: AsyncIterable<Uint8Array>,
  options: PushStreamOptions,
): AsyncGenerator<string> {
  for await (const batch of toBatches(readLines(body, options), options.stallMs)) {
    const results = await keep(ingest, source, batch)
    yield results.map((result) => `${JSON.stringify(result)}\n`).join('')
  }
}

async function keep(ingest: Ingest, source: IngestSource, lines: readonly PushLine[]): Promise<PushResult[]> {
  const read = lines.map(toPushItem)
  const items = read.flatMap((line) => ('item' in line ? [line.item] : []))
  const kept = items.length > 0 ? await ingest.write(source, items) : []
  let next = 0
  return read.map((line) => ('result' in line ? line.result : kept[next++]!))
}

async function* toBatches(chunks: AsyncGenerator<PushLine[]>, stallMs: number): AsyncGenerator<PushLine[]> {
  let batch: PushLine[] = []
  let bytes = 0
  let pending = chunks.next()
  try {
    for (;;) {
      const next = await within(pending, batch.length === 0 ? stallMs : pauseMs)
      if (next === undefined) {
        if (batch.length === 0) throw new Error(`The sender of a push sent nothing for ${stallMs} ms`)
        yield batch
        batch = []
        bytes = 0
        continue
      }
      if (next.done) break
      for (const line of next.value) {
        batch.push(line)
        bytes += 'text' in line ? line.text.length : 0
        if (batch.length < batchRecords && bytes < batchBytes) continue
        yield batch
        batch = []
        bytes = 0
      }
      pending = chunks.next()
    }
    if (batch.length > 0) yield batch
  } finally {
    pending.catch(() => undefined)
  }
}

/** The promise's value, or undefined when the time is over; the promise stays as it is. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([promise, timeout])
  } finally {
    clearTimeout(timer)
  }
}
