import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.js'
import type { StoredChange } from '../catalog-store.js'
import type { Viewer } from '../viewer.js'
import { visibleTokens } from './visible-tokens.js'

export async function scanChanges(
  db: Kysely<Tables>,
  { after, limit, viewer }: { after: number; limit: number; viewer?: Viewer },
): Promise<StoredChange[]> {
  const tokens = visibleTokens(viewer)
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('sequence', '>', after)
    .$if(tokens !== undefined, (query) => query.where('visible_to', 'in', tokens!))
    .orderBy('sequence')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    sequence: row.sequence,
    resourceId: row.resource_id,
    kind: row.kind,
    version: row.version,
    visibleTo: row.visible_to,
    at: row.at,
  }))
}

/** 0 when nothing has ever changed. */
export async function lastSequence(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom('changes')
    .select(({ fn }) => fn.max('sequence').as('last'))
    .executeTakeFirstOrThrow()
  return row.last ?? 0
}
