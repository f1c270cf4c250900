import type { HarvestCounts, HarvestState } from '@edufed/sdk/schemas'
import type { Insertable, Selectable, Transaction, Updateable } from 'kysely'
import type { Database } from '../../database/database.js'
import type { Tables } from '../../database/tables.js'
import type { SourceAccess } from './source-store.js'
import { createTimeOrderedId } from './time-ordered-id.js'

export type HarvestRow = Selectable<Tables['harvests']>
export type HarvestChange = Updateable<Tables['harvests']>

export const noCounts: HarvestCounts = { taken: 0, created: 0, updated: 0, unchanged: 0, deleted: 0, quarantined: 0 }
/** What stands in `replay_json`. */
export interface ReplayNote {
  /** The harvest whose kept answers it begins with. */
  from: string
  isDryRun: boolean
}

const openStates: readonly HarvestState[] = ['queued', 'running']

/** The rows of the table `harvests`. Their ids are ordered by time. */
export class HarvestStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Queues a harvest. @returns undefined when one of this source is open already. */
  async open(sourceId: string, mode: 'full' | 'incremental', now: Date): Promise<HarvestRow | undefined> {
    return this.#database.transaction((transaction) => insertUnlessOpen(transaction, sourceId, { mode, trigger: 'manual' }, now))
  }

  /** Queues a replay. @returns undefined when a harvest of this source is open. */
  async openReplay(sourceId: string, note: ReplayNote, now: Date): Promise<HarvestRow | undefined> {
    const kind = { mode: 'replay', trigger: 'manual', replay_json: JSON.stringify(note) } as const
    return this.#database.transaction((transaction) => insertUnlessOpen(transaction, sourceId, kind, now))
  }

  /** The last harvest of a source that read its whole list; else the first one of all. */
  async findReplayStart(sourceId: string): Promise<string | undefined> {
    const asked = this.#database.read.selectFrom('harvests').select('id').where('source_id', '=', sourceId).where('mode', '!=', 'replay')
    const full = await asked
      .where('state', '=', 'completed')
      .where((where) => where.or([where('is_full_list', '=', 1), where('mode', '=', 'full')]))
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return (full ?? (await asked.orderBy('id').limit(1).executeTakeFirst()))?.id
  }

  /** The harvests of a source from one on that asked it, the newest first. */
  async listSince(sourceId: string, harvestId: string): Promise<string[]> {
    const rows = await this.#database.read
      .selectFrom('harvests')
      .select('id')
      .where('source_id', '=', sourceId)
      .where('id', '>=', harvestId)
      .where('mode', '!=', 'replay')
      .orderBy('id', 'desc')
      .execute()
    return rows.map(({ id }) => id)
  }

  /** The newest harvest that asked the source. */
  async findLatest(sourceId: string): Promise<string | undefined> {
    const row = await this.#database.read
      .selectFrom('harvests')
      .select('id')
      .where('source_id', '=', sourceId)
      .where('mode', '!=', 'replay')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row?.id
  }

  /**
   * Moves the source's schedule on and queues its harvest, both or neither.
   *
   * @returns undefined when another process did it, or a harvest of this source is open already.
   */
  async openScheduled(source: { id: string; dueAt: string; nextHarvestAt: string | null }, now: Date): Promise<HarvestRow | undefined> {
    return this.#database.transaction(async (transaction) => {
      const moved = await transaction
        .updateTable('sources')
        .set({ next_harvest_at: source.nextHarvestAt })
        .where('id', '=', source.id)
        .where('next_harvest_at', '=', source.dueAt)
        .executeTakeFirst()
      if (Number(moved.numUpdatedRows) === 0) return undefined
      return insertUnlessOpen(transaction, source.id, { mode: 'incremental', trigger: 'schedule' }, now)
    })
  }

  async find(id: string): Promise<HarvestRow | undefined> {
    return this.#database.read.selectFrom('harvests').selectAll().where('id', '=', id).executeTakeFirst()
  }

  /** Newest first; of one source, or of all that the caller may see. */
  async list(access: SourceAccess & { sourceId?: string }, options: { before?: string; limit: number }): Promise<HarvestRow[]> {
    let query = this.#database.read.selectFrom('harvests').selectAll().orderBy('id', 'desc').limit(options.limit)
    if (access.sourceId !== undefined) query = query.where('source_id', '=', access.sourceId)
    if (access.sourceIds !== undefined) query = query.where('source_id', 'in', [...access.sourceIds, ''])
    const { memberId } = access
    if (memberId !== undefined) {
      query = query.where('source_id', 'in', (sources) => sources.selectFrom('sources').select('id').where('member_id', '=', memberId))
    }
    if (options.before !== undefined) query = query.where('id', '<', options.before)
    return query.execute()
  }

  async listOpen(): Promise<HarvestRow[]> {
    return this.#database.read.selectFrom('harvests').selectAll().where('state', 'in', openStates).orderBy('id').execute()
  }

  async update(id: string, change: HarvestChange): Promise<void> {
    await this.#database.write.updateTable('harvests').set(change).where('id', '=', id).execute()
  }

  /** Changes a harvest that has not ended. @returns false when it has. */
  async updateOpen(id: string, change: HarvestChange): Promise<boolean> {
    const result = await this.#database.write
      .updateTable('harvests')
      .set(change)
      .where('id', '=', id)
      .where('state', 'in', openStates)
      .executeTakeFirst()
    return Number(result.numUpdatedRows) === 1
  }

  /** Ends a harvest that no process has begun. @returns false when it has begun or ended. */
  async cancelQueued(id: string, now: Date): Promise<boolean> {
    const result = await this.#database.write
      .updateTable('harvests')
      .set({ state: 'cancelled', is_cancel_requested: 1, finished_at: now.toISOString() })
      .where('id', '=', id)
      .where('state', '=', 'queued')
      .executeTakeFirst()
    return Number(result.numUpdatedRows) === 1
  }

  async countByState(): Promise<Map<string, number>> {
    const rows = await this.#database.read
      .selectFrom('harvests')
      .select(['state', ({ fn }) => fn.countAll<number | string>().as('count')])
      .groupBy('state')
      .execute()
    return new Map(rows.map((row) => [row.state, Number(row.count)]))
  }
}

async function insertUnlessOpen(
  transaction: Transaction<Tables>,
  sourceId: string,
  kind: { mode: 'full' | 'incremental' | 'replay'; trigger: 'manual' | 'schedule'; replay_json?: string },
  now: Date,
): Promise<HarvestRow | undefined> {
  // Locks the source's row, so that two processes cannot both find no open harvest.
  await transaction
    .updateTable('sources')
    .set(({ ref }) => ({ kind: ref('kind') }))
    .where('id', '=', sourceId)
    .execute()
  const open = await transaction
    .selectFrom('harvests')
    .select('id')
    .where('source_id', '=', sourceId)
    .where('state', 'in', openStates)
    .executeTakeFirst()
  if (open) return undefined
  const row: Insertable<Tables['harvests']> & HarvestRow = {
    id: createTimeOrderedId(now),
    source_id: sourceId,
    state: 'queued',
    mode: kind.mode,
    trigger: kind.trigger,
    counts_json: JSON.stringify(noCounts),
    pages: 0,
    bytes: 0,
    expected_records: null,
    issues_json: '[]',
    error_json: null,
    checkpoint_json: null,
    is_cancel_requested: 0,
    created_at: now.toISOString(),
    started_at: null,
    finished_at: null,
    coverage_json: null,
    is_full_list: null,
    replay_json: kind.replay_json ?? null,
  }
  await transaction.insertInto('harvests').values(row).execute()
  return row
}
