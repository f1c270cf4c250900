import type { Transaction } from 'kysely'
import type { Database } from '../../database/database.js'
import type { Tables } from '../../database/tables.js'
import type { RecordWrite, WriteResult } from '../catalog-store.js'
import { appendChanges, nextChangeTime } from './change-log.js'
import { planRecord } from './plan-record.js'
import { planResource, type ResourceRow } from './plan-resource.js'
import type { RecordRow, RecordState } from './record-row.js'
import { selectHolders, selectRecordStates, selectResourceRows, touchRecords, upsertRecords, upsertResources } from './record-statements.js'

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
    const { outcome, row } = planRecord(states.get(key), record, at)
    if (row) {
      changed.set(key, row)
      states.set(key, row)
    } else seenAgain.push(record)
    results.push({ outcome, resourceId: states.get(key)?.resource_id ?? record.resourceId })
  }
  await upsertRecords(transaction, [...changed.values()])
  await touchRecords(
    transaction,
    seenAgain.filter((record) => !changed.has(recordKey(record.sourceId, record.identifier))),
    at,
  )
  const versions = await writeResources(transaction, { results, before, changed, at })
  for (const result of results) {
    const version = versions.get(result.resourceId)
    if (version !== undefined) result.version = version
  }
  return results
}

/** Brings the resources of the changed records up to date. @returns The versions of the live ones. */
async function writeResources(
  transaction: Transaction<Tables>,
  batch: { results: readonly WriteResult[]; before: Map<string, RecordState>; changed: Map<string, RecordRow>; at: string },
): Promise<Map<string, number>> {
  const touched = touchedResources(batch.before, batch.changed)
  const ids = new Set([...batch.results.map((result) => result.resourceId), ...touched.keys()])
  ids.delete('')
  const resources = await selectResourceRows(transaction, [...ids])
  const holders = await selectHolders(transaction, [...touched.keys()])
  const plans = [...touched].flatMap(([id, areHoldersChanged]) => {
    const plan = planResource(id, resources.get(id), holders.get(id) ?? [], { areHoldersChanged, at: batch.at })
    return plan ? [plan] : []
  })
  const sequences = await appendChanges(
    transaction,
    plans.flatMap((plan) => plan.changes),
  )
  const rows: ResourceRow[] = plans.map(({ resource }) => ({ ...resource, sequence: sequences.get(resource.id)! }))
  await upsertResources(transaction, rows)
  for (const row of rows) resources.set(row.id, row)
  return new Map([...resources.values()].filter((row) => row.status === 'active').map((row) => [row.id, row.version]))
}

/** The resources that the changed records belong or belonged to, each with whether its holders changed. */
function touchedResources(before: Map<string, RecordState>, changed: Map<string, RecordRow>): Map<string, boolean> {
  const touched = new Map<string, boolean>()
  for (const [key, row] of changed) {
    const old = before.get(key)
    const held = old?.state === 'active' ? old.resource_id : undefined
    const holds = row.state === 'active' ? row.resource_id : undefined
    const isMoved = held !== holds || old?.level !== row.level || old?.region !== row.region
    for (const id of [held, holds]) if (id !== undefined) touched.set(id, isMoved || touched.get(id) === true)
  }
  return touched
}

export function recordKey(sourceId: string, identifier: string): string {
  return `${sourceId}\n${identifier}`
}
