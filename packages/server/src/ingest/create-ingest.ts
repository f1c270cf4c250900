import type { PushResult } from '@edufed/sdk/schemas'
import type { CatalogStore, RecordWrite, WriteResult } from '../catalog/catalog-store.js'
import { checkItem } from './check-item.js'
import type { Ingest, IngestItem, IngestSource } from './ingest.js'

export interface IngestOptions {
  catalog: CatalogStore
  /** This node's name: records that have been here before are refused. */
  nodeId: string
}

/** After so many records the event loop gets a turn. */
const itemsPerTurn = 250

/** The only writer of records: checks, identifies and hashes them, and hands each batch to the catalogue. */
export function createIngest({ catalog, nodeId }: IngestOptions): Ingest {
  const check = async (source: IngestSource, items: readonly IngestItem[], context: { harvestId?: string }): Promise<RecordWrite[]> => {
    const records: RecordWrite[] = []
    for (const [index, item] of items.entries()) {
      if (index > 0 && index % itemsPerTurn === 0) await new Promise((resolve) => setImmediate(resolve))
      records.push(checkItem(item, { source, nodeId, ...context }))
    }
    return records
  }
  return {
    async write(source, items, context = {}) {
      const records = await check(source, items, context)
      return toPushResults(items, records, await catalog.writeRecords(records))
    },
    async compare(source, items) {
      const records = await check(source, items, {})
      return toPushResults(items, records, await catalog.compareRecords(records))
    },
  }
}

function toPushResults(items: readonly IngestItem[], records: readonly RecordWrite[], results: readonly WriteResult[]): PushResult[] {
  return results.map(
    ({ outcome, resourceId, version }, index): PushResult => ({
      identifier: items[index]!.identifier,
      outcome,
      ...(resourceId !== '' && { id: resourceId }),
      ...(version !== undefined && { version }),
      issues: records[index]!.issues,
    }),
  )
}
