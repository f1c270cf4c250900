import { sql, type Transaction } from 'kysely'
import type { Database } from '../../database/database.js'
import type { Tables } from '../../database/tables.js'
import { chunks } from './chunks.js'
import type { ChangeRow } from './plan-resource.js'

/** Any number that nothing else in the database locks: "edufed" in ASCII. */
const changeLogLock = 0x656475666564

/**
 * Takes the change log for this transaction, until it commits.
 *
 * A sequence alone is not enough on PostgreSQL: numbers are handed out before the commit, so a reader could see 8 while 7 is still on its way,
 * move its cursor to 8 and miss 7 for ever. With the lock, numbers are handed out in the order of commits: PostgreSQL releases it only after the
 * transaction is visible. It is taken before the records are read, so that two writers of one record do not decide on the same old state.
 * On SQLite the single writer gives both.
 */
export async function lockChangeLog(transaction: Transaction<Tables>, engine: Database['engine']): Promise<void> {
  if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(changeLogLock)})`.execute(transaction)
}

/** The time of the changes to come: now, but never before the last change, also when the clock of a process runs behind. */
export async function nextChangeTime(transaction: Transaction<Tables>, now: Date): Promise<string> {
  const last = await transaction.selectFrom('changes').select('at').orderBy('sequence', 'desc').limit(1).executeTakeFirst()
  const at = now.toISOString()
  return last && last.at > at ? last.at : at
}

/** Appends to the log. @returns The last sequence of each resource. */
export async function appendChanges(transaction: Transaction<Tables>, changes: readonly ChangeRow[]): Promise<Map<string, number>> {
  const sequences = new Map<string, number>()
  for (const chunk of chunks(changes)) {
    const rows = await transaction.insertInto('changes').values(chunk).returning(['sequence', 'resource_id']).execute()
    for (const row of rows) sequences.set(row.resource_id, Math.max(row.sequence, sequences.get(row.resource_id) ?? 0))
  }
  return sequences
}
