import type { Transaction } from 'kysely'
import type { Database } from '../../database/database.js'
import type { Tables } from '../../database/tables.js'
import type { RecordWrite, WriteResult } from '../catalog-store.js'
import { nextChangeTime } from './change-log.js'
import { planRecord } from './plan-record.js'
import type { RecordRow, RecordState } from './record-row.js'
import { selectRecordStates, touchRecords, upsertRecords } from './record-statements.js'
import { writeResources } from './write-resources.js'

/**
 * Keeps a batch of records and logs what it changes. A handful of statements for the whole batch, however long it is.
 * The caller holds the change log's lock.
 */
export async function writeRecords(
  transaction: Transaction<Tables>,
  records: readonly RecordWrite[],
  context: { engine: Database['engine']; now: Date },
): Promise<WriteResult[]> {
  if (records.length === 0) return []
  const at = await nextChangeTime(transaction, context.now)
  const before = await selectRecordStates(transaction, records)
  const states = new Map<string, RecordState>(before)
  const changed = new Map<string, RecordRow>()
  const seenAgain: RecordWrite[] = []
  const results: WriteResult[] = []
  // In order: of several records with one identifier, each sees what those before it left, and the last one stays.
  for (const record of records) {
    const key = recordKey(record.sourceId, record.identifier)
    const { outcome, row, hasOldDatestamp, isRepeated } = planRecord(states.get(key), record, at)
    if (row) {
      changed.set(key, row)
      states.set(key, row)
    } else seenAgain.push(record)
    const resourceId = states.get(key)?.resource_id ?? record.resourceId
    results.push({ outcome, resourceId, ...(hasOldDatestamp && { hasOldDatestamp }), ...(isRepeated && { isRepeated }) })
  }
  await upsertRecords(transaction, [...changed.values()])
  await touchRecords(
    transaction,
    seenAgain.filter((record) => !changed.has(recordKey(record.sourceId, record.identifier))),
    at,
  )
  const ids = results.map((result) => result.resourceId)
  const versions = await writeResources(transaction, { ids, before, changed, at })
  for (const result of results) {
    const version = versions.get(result.resourceId)
    if (version !== undefined) result.version = version
  }
  return results
}

export function recordKey(sourceId: string, identifier: string): string {
  return `${sourceId}\n${identifier}`
}
