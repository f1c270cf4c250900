import { createClient } from '@edufed/sdk'
import type { PushRecord, PushResult } from '@edufed/sdk/schemas'
import type { Checkpoint, HarvestItem } from '../connectors/connector.js'
import { HarvestError } from '../errors.js'
import type { RecordSink } from './record-sink.js'

export interface HttpSinkOptions {
  /** Address of a source of a node: `https://node.example/api/v1/sources/<source>`. */
  url: string
  apiKey?: string
  signal?: AbortSignal
  /** Called when the node has acknowledged a page. */
  onCheckpoint?: (checkpoint: Checkpoint) => Promise<void>
}

/**
 * Pushes records to a source of another node. A push names no full list, so what the source no longer has stays until it is deleted by name.
 *
 * @throws {HarvestError} `EDUFED_SETTINGS_INVALID` when the address is not that of a source.
 */
export function createHttpSink(options: HttpSinkOptions): RecordSink {
  const { baseUrl, sourceId } = parseTarget(options.url)
  const client = createClient({ baseUrl, ...(options.apiKey ? { apiKey: options.apiKey } : {}) })
  return {
    write: async ({ items, checkpoint }) => {
      const results: PushResult[] = []
      const signal = options.signal ? { signal: options.signal } : {}
      if (items.length > 0) for await (const result of client.records.push(sourceId, items.map(toPushRecord), signal)) results.push(result)
      await options.onCheckpoint?.(checkpoint)
      return results
    },
    complete: async () => ({ deleted: 0 }),
  }
}

function parseTarget(url: string): { baseUrl: string; sourceId: string } {
  const match = /^(https?:\/\/[^?#]+?)\/api\/v1\/sources\/([^/?#]+)\/?(?:records\/?)?$/.exec(url)
  if (match?.[1] && match[2]) return { baseUrl: match[1], sourceId: decodeURIComponent(match[2]) }
  throw new HarvestError('EDUFED_SETTINGS_INVALID', { path: '--to', reason: 'write it as https://node.example/api/v1/sources/my-source' })
}

function toPushRecord(item: HarvestItem): PushRecord {
  const { identifier, datestamp } = item
  const head = { identifier, ...(datestamp ? { datestamp } : {}) }
  if (item.type === 'deleted') return { ...head, isDeleted: true }
  return { ...head, ...(item.resource ? { resource: item.resource } : {}), ...(item.via ? { via: item.via } : {}) }
}
