import type { PostgresPool, PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { isPostgresAway, toConnectFault, toQueryFault } from './postgres-faults.js'

export interface PostgresPoolOptions {
  url: string
  max: number
  /** How long a query may take; without it as long as it likes. */
  queryTimeoutMs?: number
}

/** How long to wait for a server to answer a new connection. */
const connectTimeoutMs = 5_000
/** How long a query may wait for a connection that others use. */
const waitTimeoutMs = 30_000

/** int8 and numeric: counts and sequences stay far below 2^53. */
const numberTypes = [20, 1700]

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    numberTypes.includes(oid) && format !== 'binary' ? (value: string) => Number(value) : pg.types.getTypeParser(oid, format),
}

class HastyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super({ ...(typeof config === 'string' ? { connectionString: config } : config), connectionTimeoutMillis: connectTimeoutMs })
    // A connection that breaks between two queries tells its next query; without a listener the event would end the process.
    this.on('error', () => {})
  }
}

/**
 * Connections for Kysely. A connection that breaks is not used again; what it had to do fails with `EDUFED_DATABASE_UNAVAILABLE`,
 * what waits too long for its turn with `EDUFED_DATABASE_BUSY`.
 */
export function createPostgresPool({ url, max, queryTimeoutMs }: PostgresPoolOptions): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    connectionTimeoutMillis: waitTimeoutMs,
    keepAlive: true,
    application_name: 'edufed',
    Client: HastyClient,
    ...(queryTimeoutMs === undefined ? {} : { query_timeout: queryTimeoutMs }),
  })
  // An idle connection that breaks is dropped by the pool; without a listener the event would end the process.
  pool.on('error', () => {})
  return {
    async connect() {
      try {
        return tellFaults(await pool.connect())
      } catch (error) {
        throw toConnectFault(error)
      }
    },
    end: () => pool.end(),
  }
}

function tellFaults(client: pg.PoolClient): PostgresPoolClient {
  let isBroken = false
  const query = async (text: string, values: unknown[]) => {
    try {
      return await client.query(text, values)
    } catch (error) {
      isBroken ||= isPostgresAway(error)
      throw toQueryFault(error)
    }
  }
  return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release(isBroken) }
}
