import type { PushResult } from '@edufed/sdk/schemas'
import type { Checkpoint, HarvestItem } from '../connectors/connector.js'
import { toJsonText } from '../connectors/json-text.js'
import { LineBuffer } from '../connectors/line-buffer.js'
import { findLines, hasResource } from '../connectors/line-item.js'
import type { RecordSink } from './record-sink.js'

export interface NdjsonSinkOptions {
  /** Resolves when the text was handed to the system; the next page is not written before. */
  write: (text: string) => Promise<void>
  /**
   * The same for bytes, which is faster; lines that came from a thread are handed on as they are. Used instead of `write` where it is given.
   * When it resolves, the bytes may be used for something else.
   */
  writeBytes?: (bytes: Uint8Array) => Promise<void>
  /** Called after the page was written. */
  onCheckpoint?: (checkpoint: Checkpoint) => Promise<void>
  onComplete?: (end: { next: Checkpoint; isFullList: boolean }) => Promise<void>
}

/** Lines are handed on in pieces of this size, so that a large page is not held twice. */
const pieceLength = 262_144

/** Writes one JSON object a line for each record and each deletion. */
export function createNdjsonSink(options: NdjsonSinkOptions): RecordSink {
  return {
    write: async ({ items, checkpoint }) => {
      const { writeBytes } = options
      if (writeBytes) await writePieces(items, writeBytes)
      else await writeLines(items, options)
      await options.onCheckpoint?.(checkpoint)
      return items.map(toResult)
    },
    complete: async (end) => {
      await options.onComplete?.(end)
      return { deleted: 0 }
    },
  }
}

async function writePieces(items: readonly HarvestItem[], writeBytes: (bytes: Uint8Array) => Promise<void>): Promise<void> {
  const found = findLines(items)
  for (const piece of found?.pieces ?? toPieces(items)) await writeBytes(piece)
  found?.giveBack()
}

function* toPieces(items: readonly HarvestItem[]): Generator<Uint8Array> {
  const lines = new LineBuffer(pieceLength + 65_536)
  for (const item of items) {
    lines.addLine(item)
    if (lines.byteLength >= pieceLength) yield lines.take()
  }
  if (lines.byteLength > 0) yield lines.end()
}

async function writeLines(items: readonly HarvestItem[], options: NdjsonSinkOptions): Promise<void> {
  let text = ''
  for (const item of items) {
    text += `${toJsonText(item)}\n`
    if (text.length < pieceLength) continue
    await options.write(text)
    text = ''
  }
  if (text !== '') await options.write(text)
}

/** Lines have no memory: each record counts as created, and one that cannot be used as held back. */
function toResult(item: HarvestItem): PushResult {
  const { identifier } = item
  if (item.type === 'deleted') return { identifier, outcome: 'deleted', issues: [] }
  return { identifier, outcome: hasResource(item) && identifier !== '' ? 'created' : 'quarantined', issues: [] }
}
