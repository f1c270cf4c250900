import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../../database/tables.js'
import { chunks } from './chunks.js'
import type { Holder, ResourceRow } from './plan-resource.js'
import { type RecordRow, type RecordState, recordStateColumns } from './record-row.js'

type RecordKey = { sourceId: string; identifier: string }

/** Column-wise "the value that was to be inserted", for every column but the key. */
const overwritten = {
  records: [...recordStateColumns, 'draft_json'].filter((column) => column !== 'source_id' && column !== 'identifier'),
  resources: ['source_id', 'identifier', 'content_hash', 'status', 'version', 'sequence', 'visible_to', 'updated_at'],
} as { records: (keyof RecordRow)[]; resources: (keyof ResourceRow)[] }

/** The records as they are, by source id and identifier joined with a newline. */
export async function selectRecordStates(transaction: Kysely<Tables>, keys: readonly RecordKey[]): Promise<Map<string, RecordState>> {
  const states = new Map<string, RecordState>()
  for (const [sourceId, identifiers] of bySource(keys)) {
    for (const chunk of chunks([...identifiers])) {
      const rows = await transaction
        .selectFrom('records')
        .select(recordStateColumns)
        .where('source_id', '=', sourceId)
        .where('identifier', 'in', chunk)
        .execute()
      for (const row of rows) states.set(`${sourceId}\n${row.identifier}`, row)
    }
  }
  return states
}

export async function selectResourceRows(transaction: Transaction<Tables>, ids: readonly string[]): Promise<Map<string, ResourceRow>> {
  const resources = new Map<string, ResourceRow>()
  for (const chunk of chunks(ids)) {
    const rows = await transaction.selectFrom('resources').selectAll().where('id', 'in', chunk).execute()
    for (const row of rows) resources.set(row.id, row)
  }
  return resources
}

/** The live records of resources, by resource. */
export async function selectHolders(transaction: Transaction<Tables>, ids: readonly string[]): Promise<Map<string, Holder[]>> {
  const holders = new Map<string, Holder[]>()
  for (const chunk of chunks(ids)) {
    const rows = await transaction
      .selectFrom('records')
      .select(['resource_id', 'source_id', 'identifier', 'hops', 'first_seen_at', 'content_hash', 'visible_to'])
      .where('resource_id', 'in', chunk)
      .where('state', '=', 'active')
      .execute()
    for (const row of rows) {
      const group = holders.get(row.resource_id)
      if (group) group.push(row)
      else holders.set(row.resource_id, [row])
    }
  }
  return holders
}

export async function upsertRecords(transaction: Transaction<Tables>, rows: readonly RecordRow[]): Promise<void> {
  for (const chunk of chunks(rows)) {
    await transaction
      .insertInto('records')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .columns(['source_id', 'identifier'])
          .doUpdateSet(({ ref }) => Object.fromEntries(overwritten.records.map((column) => [column, ref(`excluded.${column}`)]))),
      )
      .execute()
  }
}

/** Writes where records stand in the alliance and who may see them; all are of one source. */
export async function updateVisibility(transaction: Transaction<Tables>, rows: readonly RecordState[]): Promise<void> {
  const groups = new Map<string, RecordState[]>()
  for (const row of rows) groups.set(row.scope, [...(groups.get(row.scope) ?? []), row])
  for (const group of groups.values()) {
    const { source_id, level, region, scope, visible_to } = group[0]!
    for (const chunk of chunks(group.map((row) => row.identifier))) {
      await transaction
        .updateTable('records')
        .set({ level, region, scope, visible_to })
        .where('source_id', '=', source_id)
        .where('identifier', 'in', chunk)
        .execute()
    }
  }
}

export async function upsertResources(transaction: Transaction<Tables>, rows: readonly ResourceRow[]): Promise<void> {
  for (const chunk of chunks(rows)) {
    await transaction
      .insertInto('resources')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet(({ ref }) => Object.fromEntries(overwritten.resources.map((column) => [column, ref(`excluded.${column}`)]))),
      )
      .execute()
  }
}

/** Notes that records were seen again as they are. */
export async function touchRecords(
  transaction: Transaction<Tables>,
  records: readonly (RecordKey & { harvestId?: string })[],
  at: string,
): Promise<void> {
  for (const harvestId of new Set(records.map((record) => record.harvestId))) {
    const group = records.filter((record) => record.harvestId === harvestId)
    for (const [sourceId, identifiers] of bySource(group)) {
      for (const chunk of chunks([...identifiers])) {
        await transaction
          .updateTable('records')
          .set({ last_seen_at: at, ...(harvestId !== undefined && { last_harvest_id: harvestId }) })
          .where('source_id', '=', sourceId)
          .where('identifier', 'in', chunk)
          .execute()
      }
    }
  }
}

function bySource(keys: readonly RecordKey[]): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>()
  for (const { sourceId, identifier } of keys) {
    const group = groups.get(sourceId)
    if (group) group.add(identifier)
    else groups.set(sourceId, new Set([identifier]))
  }
  return groups
}
