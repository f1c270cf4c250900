import { randomUUID } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type { Database } from '../database/database.js'
import type { Tables } from '../database/tables.js'
import type { Job } from './job-queue.js'
import type { LeaseClock } from './lease-clock.js'

/** A job whose process died this often is given up: it may be what kills the process. */
export const maxAttempts = 5

/** Finished jobs are kept so long, for the curious. */
const keepFinishedMs = 7 * 24 * 3_600_000

type JobRow = Selectable<Tables['jobs']>

/** @returns false when a job of this kind and key is open. */
export async function insertJob(
  database: Database,
  job: { kind: string; key: string; payload: Record<string, unknown>; runAt: string; at: string },
): Promise<boolean> {
  const result = await database.write
    .insertInto('jobs')
    .values({
      id: randomUUID(),
      kind: job.kind,
      key: job.key,
      payload_json: JSON.stringify(job.payload),
      state: 'queued',
      run_at: job.runAt,
      attempts: 0,
      created_at: job.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return result.numInsertedOrUpdatedRows === 1n
}

/**
 * Takes the job that waits for longest, if one is due or its process is gone.
 *
 * @param running - Ids of the jobs that run in this process: when it was too busy to renew their leases, they still run.
 */
export async function claimJob(
  database: Database,
  { kind, running, clock }: { kind: string; running: readonly string[]; clock: LeaseClock },
): Promise<Job | undefined> {
  const now = clock.now()
  const isElsewhere = running.length > 0 ? sql`id not in (${sql.join(running)})` : sql`true`
  const isDue = sql<boolean>`kind = ${kind} and ${isElsewhere}
    and ((state = 'queued' and run_at <= ${now}) or (state = 'running' and leased_until < ${now}))`
  // Most looks find nothing, and looking must not wait for a writer.
  const due = await database.read.selectFrom('jobs').select('id').where(isDue).limit(1).executeTakeFirst()
  if (!due) return undefined
  const row = await database.write
    .updateTable('jobs')
    .set(({ eb }) => ({ state: 'running', lease_owner: clock.ownerId, leased_until: clock.leaseEnd(), attempts: eb('attempts', '+', 1) }))
    .where('id', '=', (eb) =>
      eb
        .selectFrom('jobs')
        .select('id')
        .where(isDue)
        .orderBy('run_at')
        .orderBy('created_at')
        .limit(1)
        .$if(database.engine === 'postgres', (query) => query.forUpdate().skipLocked()),
    )
    .returningAll()
    .executeTakeFirst()
  if (!row) return undefined
  if (row.attempts <= maxAttempts) return toJob(row)
  await finishJob(database, row.id, clock, `Given up: the process ended ${maxAttempts} times while it ran this job`)
  return claimJob(database, { kind, running, clock })
}

/** @returns false when the job is no longer this process's. */
export async function renewJob(database: Database, id: string, clock: LeaseClock): Promise<boolean> {
  const result = await database.write
    .updateTable('jobs')
    .set({ leased_until: clock.leaseEnd() })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('lease_owner', '=', clock.ownerId)
    .executeTakeFirstOrThrow()
  return result.numUpdatedRows === 1n
}

export async function finishJob(database: Database, id: string, clock: LeaseClock, error?: string): Promise<void> {
  await database.write
    .updateTable('jobs')
    .set({
      state: error === undefined ? 'done' : 'failed',
      error: error ?? null,
      finished_at: clock.now(),
      lease_owner: null,
      leased_until: null,
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('lease_owner', '=', clock.ownerId)
    .execute()
}

/** Gives a job back that this process began and did not end; the attempt does not count. */
export async function giveBackJob(database: Database, id: string, clock: LeaseClock): Promise<void> {
  await database.write
    .updateTable('jobs')
    .set(({ eb }) => ({ state: 'queued', lease_owner: null, leased_until: null, attempts: eb('attempts', '-', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('lease_owner', '=', clock.ownerId)
    .execute()
}

/** Ends the leases of processes that are gone; right only where this process is the only one. The attempts stay counted. */
export async function reclaimJobs(database: Database, clock: LeaseClock): Promise<void> {
  await database.write
    .updateTable('jobs')
    .set({ leased_until: '' })
    .where('state', '=', 'running')
    .where('lease_owner', '!=', clock.ownerId)
    .execute()
}

export async function forgetFinishedJobs(database: Database, clock: LeaseClock): Promise<void> {
  const before = new Date(Date.parse(clock.now()) - keepFinishedMs).toISOString()
  await database.write.deleteFrom('jobs').where('state', 'in', ['done', 'failed']).where('finished_at', '<', before).execute()
}

function toJob(row: JobRow): Job {
  return { id: row.id, kind: row.kind, key: row.key, payload: JSON.parse(row.payload_json), attempts: row.attempts }
}
