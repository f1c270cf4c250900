import { type Kysely, type Migration, sql } from 'kysely'
import type { Database } from '../database.js'
import type { Tables } from '../tables.js'

/** How often each query was of use, for suggestions. Texts and counts only: nothing tells who asked. */
export function popularQueries(engine: Database['engine']): Migration {
  const text = sql.raw(engine === 'postgres' ? 'text collate "C"' : 'text')
  return {
    async up(db: Kysely<Tables>) {
      await db.schema
        .createTable('popular_queries')
        .addColumn('language', text, (column) => column.notNull())
        .addColumn('text', text, (column) => column.notNull())
        .addColumn('uses', 'integer', (column) => column.notNull())
        .addColumn('last_used_at', text, (column) => column.notNull())
        .addPrimaryKeyConstraint('popular_queries_pk', ['language', 'text'])
        .execute()
      await sql.raw('create index popular_queries_by_uses on popular_queries (language, uses)').execute(db)
    },
  }
}
