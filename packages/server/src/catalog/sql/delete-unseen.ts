import type { ExpressionBuilder, Kysely } from 'kysely'
import type { Database } from '../../database/database.js'
import type { Tables } from '../../database/tables.js'
import type { RecordWrite } from '../catalog-store.js'
import { lockChangeLog } from './change-log.js'
import { recordsPerBatch } from './chunks.js'
import { recordStateColumns, toRecordWrite } from './record-row.js'
import { writeRecords } from './write-records.js'

/** How many live records of a source a harvest did not name. */
export async function countUnseen(db: Kysely<Tables>, sourceId: string, harvestId: string): Promise<number> {
  const row = await db
    .selectFrom('records')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('source_id', '=', sourceId)
    .where('state', '=', 'active')
    .where((where) => isUnseen(where, harvestId))
    .executeTakeFirstOrThrow()
  return row.count
}

/** Live records of a source that a harvest did not name, in order of their identifier. */
export async function listUnseen(db: Kysely<Tables>, sourceId: string, harvestId: string, limit: number): Promise<RecordWrite[]> {
  const rows = await db
    .selectFrom('records')
    .selectAll()
    .where('source_id', '=', sourceId)
    .where('state', '=', 'active')
    .where((where) => isUnseen(where, harvestId))
    .orderBy('identifier')
    .limit(limit)
    .execute()
  return rows.map(toRecordWrite)
}

/** Marks the live records of a source that a harvest did not name as deleted, a batch a transaction. @returns How many. */
export async function deleteUnseen(
  database: Database,
  { sourceId, harvestId, now }: { sourceId: string; harvestId: string; now: () => Date },
): Promise<number> {
  let deleted = 0
  for (let after: string | undefined = ''; after !== undefined; ) {
    const batch = await deleteBatch(database, { sourceId, harvestId, now: now(), after })
    deleted += batch.deleted
    after = batch.last
  }
  return deleted
}

async function deleteBatch(
  database: Database,
  { sourceId, harvestId, now, after }: { sourceId: string; harvestId: string; now: Date; after: string },
): Promise<{ deleted: number; last?: string }> {
  return database.transaction(async (transaction) => {
    // Read under the lock: what is pushed between the reading and the deleting was seen.
    await lockChangeLog(transaction, database.engine)
    const rows = await transaction
      .selectFrom('records')
      .select(recordStateColumns)
      .where('source_id', '=', sourceId)
      .where('identifier', '>', after)
      .where('state', '=', 'active')
      .where((where) => isUnseen(where, harvestId))
      .orderBy('identifier')
      .limit(recordsPerBatch)
      .execute()
    const writes: RecordWrite[] = rows.map((row) => ({
      ...toRecordWrite({ ...row, draft_json: null }),
      state: 'deleted',
      contentHash: '',
      issues: [],
      harvestId,
    }))
    await writeRecords(transaction, writes, { engine: database.engine, now })
    const last = rows.length === recordsPerBatch ? rows.at(-1)?.identifier : undefined
    return { deleted: rows.length, ...(last !== undefined && { last }) }
  })
}

function isUnseen(where: ExpressionBuilder<Tables, 'records'>, harvestId: string) {
  return where.or([where('last_harvest_id', 'is', null), where('last_harvest_id', '!=', harvestId)])
}
