import { Kysely, PostgresDialect } from 'kysely'
import type { Database } from '../database.js'
import { migrateToLatest } from '../migrations/migrate-to-latest.js'
import type { Tables } from '../tables.js'
import { createPostgresPool } from './postgres-pool.js'

export interface PostgresDatabaseOptions {
  /** `postgres://user:password@host:port/database` */
  url: string
  /** Connections in all; a third of them write. @default 12 */
  poolSize?: number
  /** How long a query that only reads may take, in milliseconds. @default 60000 */
  readTimeoutMs?: number
}

/**
 * Opens the node's PostgreSQL database. Connects at the first query; a lost connection fails the query that had it, the next one gets another.
 * While the server is away every query throws {@link ServerError} `EDUFED_DATABASE_UNAVAILABLE`.
 */
export async function openPostgresDatabase(options: PostgresDatabaseOptions): Promise<Database> {
  const { url, readTimeoutMs = 60_000 } = options
  const poolSize = Math.max(options.poolSize ?? 12, 3)
  const writers = Math.max(Math.floor(poolSize / 3), 2)
  const readers = Math.max(poolSize - writers, 1)
  // Two pools, so that readers find a connection however many writers wait for their turn.
  const write = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: createPostgresPool({ url, max: writers }) }) })
  const read = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: createPostgresPool({ url, max: readers, queryTimeoutMs: readTimeoutMs }) }),
  })
  return {
    engine: 'postgres',
    read,
    write,
    transaction: (work) => write.transaction().execute(work),
    migrate: () => migrateToLatest(write, 'postgres'),
    close: async () => {
      await Promise.all([read.destroy(), write.destroy()])
    },
  }
}
