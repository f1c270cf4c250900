import { type Kysely, type Migration, sql } from 'kysely'
import type { Database } from '../database.js'
import type { Tables } from '../tables.js'

/** How well each source kept to its protocol, after each harvest. */
export function sourceConformity(engine: Database['engine']): Migration {
  const text = sql.raw(engine === 'postgres' ? 'text collate "C"' : 'text')
  return {
    async up(db: Kysely<Tables>) {
      await db.schema
        .createTable('source_conformity')
        .addColumn('harvest_id', text, (column) => column.notNull().primaryKey())
        .addColumn('source_id', text, (column) => column.notNull())
        .addColumn('at', text, (column) => column.notNull())
        .addColumn('score', 'integer', (column) => column.notNull())
        .addColumn('parts_json', 'text', (column) => column.notNull())
        .execute()
      await sql.raw('create index source_conformity_by_source on source_conformity (source_id, harvest_id)').execute(db)
    },
  }
}
