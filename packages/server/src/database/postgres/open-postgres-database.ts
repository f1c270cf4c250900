import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database } from '../database.js'
import { migrateToLatest } from '../migrations/migrate-to-latest.js'
import type { Tables } from '../tables.js'

export interface PostgresDatabaseOptions {
  /** `postgres://user:password@host:port/database` */
  url: string
  /** Connections in all; a third of them write. @default 12 */
  poolSize?: number
}

/** int8 and numeric: counts and sequences stay far below 2^53. */
const numberTypes = [20, 1700]

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    numberTypes.includes(oid) && format !== 'binary' ? (value: string) => Number(value) : pg.types.getTypeParser(oid, format),
}

/** Opens the node's PostgreSQL database. Connects at the first query; a lost connection fails the query that had it, the next one gets another. */
export async function openPostgresDatabase(options: PostgresDatabaseOptions): Promise<Database> {
  const poolSize = Math.max(options.poolSize ?? 12, 3)
  const writers = Math.max(Math.floor(poolSize / 3), 2)
  // Two pools, so that readers find a connection however many writers wait for their turn.
  const write = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: createPool(options.url, writers) }) })
  const read = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: createPool(options.url, Math.max(poolSize - writers, 1)) }) })
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

function createPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    connectionTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'edufed',
  })
  // An idle connection that breaks is dropped by the pool; without a listener the event would end the process.
  pool.on('error', () => {})
  return pool
}
