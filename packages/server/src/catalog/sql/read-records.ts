import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.js'
import type { RecordWrite } from '../catalog-store.js'
import { chunks } from './chunks.js'
import { toRecordWrite } from './record-row.js'

export async function findRecord(db: Kysely<Tables>, sourceId: string, identifier: string): Promise<RecordWrite | undefined> {
  const row = await db
    .selectFrom('records')
    .selectAll()
    .where('source_id', '=', sourceId)
    .where('identifier', '=', identifier)
    .executeTakeFirst()
  return row && toRecordWrite(row)
}

/** Live records by source; a source without any counts 0. */
export async function countRecords(db: Kysely<Tables>, sourceIds: readonly string[]): Promise<Map<string, number>> {
  const counts = new Map(sourceIds.map((id) => [id, 0]))
  for (const chunk of chunks(sourceIds)) {
    const rows = await db
      .selectFrom('records')
      .select(({ fn }) => ['source_id', fn.countAll<number>().as('count')])
      .where('source_id', 'in', chunk)
      .where('state', '=', 'active')
      .groupBy('source_id')
      .execute()
    for (const row of rows) counts.set(row.source_id, row.count)
  }
  return counts
}

/** @param options.after - Identifier of the last record of the previous page. */
export async function listQuarantined(
  db: Kysely<Tables>,
  sourceId: string,
  { limit, after }: { limit: number; after?: string },
): Promise<RecordWrite[]> {
  const last = after === undefined ? undefined : await findHeldSince(db, sourceId, after)
  if (after !== undefined && last === undefined) return []
  const rows = await db
    .selectFrom('records')
    .selectAll()
    .where('source_id', '=', sourceId)
    .where('state', '=', 'quarantined')
    .$if(last !== undefined, (query) =>
      query.where(({ eb, refTuple, tuple }) => eb(refTuple('changed_at', 'identifier'), '<', tuple(last!, after!))),
    )
    .orderBy('changed_at', 'desc')
    .orderBy('identifier', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toRecordWrite)
}

async function findHeldSince(db: Kysely<Tables>, sourceId: string, identifier: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('records')
    .select('changed_at')
    .where('source_id', '=', sourceId)
    .where('identifier', '=', identifier)
    .executeTakeFirst()
  return row?.changed_at
}
