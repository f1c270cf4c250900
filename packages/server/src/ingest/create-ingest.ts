import type { Issue, PushResult } from '@edufed/sdk/schemas'
import type { CatalogStore, RecordWrite, WriteResult } from '../catalog/catalog-store.js'
import { checkItem } from './check-item.js'
import type { Ingest, IngestItem, IngestResult, IngestSource } from './ingest.js'

export interface IngestOptions {
  catalog: Pick<CatalogStore, 'writeRecords' | 'compareRecords'>
  /** This node's name: records that have been here before are refused. */
  nodeId: string
}

/** After so many records the event loop gets a turn. */
const itemsPerTurn = 50

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
      const results = await catalog.writeRecords(records)
      const answers = toPushResults(items, records, results)
      if (context.harvestId === undefined) return answers
      return answers.map((answer, index): IngestResult => {
        if (results[index]!.isRepeated) return { ...answer, isRepeated: true }
        return results[index]!.hasOldDatestamp ? { ...answer, issues: [...answer.issues, silentChange] } : answer
      })
    },
    async compare(source, items) {
      const records = await check(source, items, {})
      return toPushResults(items, records, await catalog.compareRecords(records))
    },
  }
}

const silentChange: Issue = {
  code: 'datestamp.unchanged',
  path: 'datestamp',
  severity: 'info',
  message: 'The content changed, but the datestamp did not: set it anew with each change, or harvesters that ask for changes miss this one',
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
