import type { Kysely, Migration } from 'kysely'
import type { Tables } from '../tables.js'

/** What a harvest's report tells beside its counts. */
export const harvestReports: Migration = {
  async up(db: Kysely<Tables>) {
    await db.schema.alterTable('harvests').addColumn('coverage_json', 'text').execute()
    await db.schema.alterTable('harvests').addColumn('is_full_list', 'integer').execute()
    await db.schema.alterTable('harvests').addColumn('replay_json', 'text').execute()
  },
}
