import type { Transaction } from 'kysely'
import type { Tables } from '../../database/tables.js'
import { appendChanges } from './change-log.js'
import { planResource, type ResourceRow } from './plan-resource.js'
import type { RecordState } from './record-row.js'
import { selectHolders, selectResourceRows, upsertResources } from './record-statements.js'

/**
 * Brings the resources of the changed records up to date. The caller holds the change log's lock.
 *
 * @param batch - `before` and `changed` have the records by their key; `ids` names resources whose version is wanted too.
 * @returns The versions of the live ones.
 */
export async function writeResources(
  transaction: Transaction<Tables>,
  batch: { ids?: readonly string[]; before: Map<string, RecordState>; changed: Map<string, RecordState>; at: string },
): Promise<Map<string, number>> {
  const touched = touchedResources(batch.before, batch.changed)
  const ids = new Set([...(batch.ids ?? []), ...touched.keys()])
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
function touchedResources(before: Map<string, RecordState>, changed: Map<string, RecordState>): Map<string, boolean> {
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
