import type { ResourceDraft, VisibilityScope } from '@edufed/sdk/schemas'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../../database/database.js'
import type { Tables } from '../../database/tables.js'
import type { SourceVisibility } from '../catalog-store.js'
import { visibleTo } from '../viewer.js'
import { lockChangeLog, nextChangeTime } from './change-log.js'
import { recordsPerBatch } from './chunks.js'
import { type RecordState, recordStateColumns } from './record-row.js'
import { updateVisibility } from './record-statements.js'
import { recordKey } from './write-records.js'
import { writeResources } from './write-resources.js'

/** Brings the records of a source to what the source says now, a batch a transaction. @returns How many records were changed. */
export async function reviseVisibility(
  database: Database,
  { source, now }: { source: SourceVisibility; now: () => Date },
): Promise<number> {
  let revised = 0
  for (let after: string | undefined = ''; after !== undefined; ) {
    const batch = await reviseBatch(database, source, { after, now: now() })
    revised += batch.revised
    after = batch.last
  }
  return revised
}

async function reviseBatch(
  database: Database,
  source: SourceVisibility,
  { after, now }: { after: string; now: Date },
): Promise<{ revised: number; last?: string }> {
  return database.transaction(async (transaction) => {
    await lockChangeLog(transaction, database.engine)
    const rows = await selectCandidates(transaction, source, after)
    const before = new Map<string, RecordState>()
    const changed = new Map<string, RecordState>()
    for (const { own_draft_json, ...row } of rows) {
      const scope = ownScope(own_draft_json) ?? source.defaultScope
      const place = { level: source.level, region: source.region ?? null, scope, visible_to: visibleTo(scope, source) }
      if (isPlaced(row, place)) continue
      const key = recordKey(row.source_id, row.identifier)
      before.set(key, row)
      changed.set(key, { ...row, ...place })
    }
    await updateVisibility(transaction, [...changed.values()])
    await writeResources(transaction, { before, changed, at: await nextChangeTime(transaction, now) })
    const last = rows.length === recordsPerBatch ? rows.at(-1)?.identifier : undefined
    return { revised: changed.size, ...(last !== undefined && { last }) }
  })
}

/** The records that may have to change: all that differ from what the source gives by default, and all that may say themselves who sees them. */
async function selectCandidates(transaction: Transaction<Tables>, source: SourceVisibility, after: string) {
  // In JSON as we write it, these characters stand nowhere but at a key.
  const mayHaveOwn = sql<boolean>`coalesce(draft_json, '') like '%"usageScope":%'`
  return transaction
    .selectFrom('records')
    .select(recordStateColumns)
    .select(sql<string | null>`case when ${mayHaveOwn} then draft_json end`.as('own_draft_json'))
    .where('source_id', '=', source.id)
    .where('identifier', '>', after)
    .where('state', '!=', 'deleted')
    .where((where) =>
      where.or([
        where('level', '!=', source.level),
        where((part) => part.fn.coalesce('region', sql.lit('')), '!=', source.region ?? ''),
        where('scope', '!=', source.defaultScope),
        where('visible_to', '!=', visibleTo(source.defaultScope, source)),
        mayHaveOwn,
      ]),
    )
    .orderBy('identifier')
    .limit(recordsPerBatch)
    .execute()
}

function ownScope(draftJson: string | null): VisibilityScope | undefined {
  return draftJson === null ? undefined : (JSON.parse(draftJson) as ResourceDraft).usageScope
}

function isPlaced(row: RecordState, place: Pick<RecordState, 'level' | 'region' | 'scope' | 'visible_to'>): boolean {
  return row.level === place.level && row.region === place.region && row.scope === place.scope && row.visible_to === place.visible_to
}
