import type { Database } from '../database/database.js'
import type { LeaseClock } from './lease-clock.js'

/** Takes or renews a lease. @returns false while another process holds it. */
export async function takeLease(database: Database, name: string, clock: LeaseClock): Promise<boolean> {
  const lease = { owner: clock.ownerId, leased_until: clock.leaseEnd() }
  const row = await database.write
    .insertInto('leases')
    .values({ name, ...lease })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet(lease)
        .where((where) => where.or([where('leases.owner', '=', clock.ownerId), where('leases.leased_until', '<', clock.now())])),
    )
    .returning('name')
    .executeTakeFirst()
  return row !== undefined
}

export async function giveBackLease(database: Database, name: string, clock: LeaseClock): Promise<void> {
  await database.write.deleteFrom('leases').where('name', '=', name).where('owner', '=', clock.ownerId).execute()
}

/** Ends the leases of processes that are gone; right only where this process is the only one. */
export async function reclaimLeases(database: Database, clock: LeaseClock): Promise<void> {
  await database.write.deleteFrom('leases').where('owner', '!=', clock.ownerId).execute()
}
