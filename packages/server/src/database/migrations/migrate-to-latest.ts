import { type Kysely, type Migration, Migrator } from 'kysely'
import type { Database } from '../database.js'
import type { Tables } from '../tables.js'
import { initialTables } from './001-initial-tables.js'
import { harvestReports } from './002-harvest-reports.js'
import { sourceConformity } from './003-source-conformity.js'
import { popularQueries } from './004-popular-queries.js'

/** Brings the schema up to date, each process after the other when several start at once. @returns The names of the migrations that ran. */
export async function migrateToLatest(database: Kysely<Tables>, engine: Database['engine']): Promise<string[]> {
  const migrations: Record<string, Migration> = {
    '001-initial-tables': initialTables(engine),
    '002-harvest-reports': harvestReports,
    '003-source-conformity': sourceConformity(engine),
    '004-popular-queries': popularQueries(engine),
  }
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error) throw error instanceof Error ? error : new Error('The database could not be migrated', { cause: error })
  return results.filter((result) => result.status === 'Success').map((result) => result.migrationName)
}
