import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { SqlAnswer } from './libsql-connection.js'

/** A SQLite connection, in this thread or in another. */
export interface SqliteConnection {
  execute(sql: string, parameters: readonly unknown[]): SqlAnswer | Promise<SqlAnswer>
  rollback(): void | Promise<void>
}

/** Lends each connection to one holder at a time. */
interface SqliteConnections {
  acquire(): Promise<SqliteConnection>
  release(connection: SqliteConnection): void
}

/** Kysely over SQLite connections; a transaction has its connection to itself. */
export function createSqliteDialect(connections: SqliteConnections): Dialect {
  return {
    createAdapter: () => new TransactionalSqliteAdapter(),
    createDriver: () => new SqliteDriver(connections),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

/** SQLite rolls back DDL too: a migration that was killed half-way leaves nothing. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class SqliteDriver implements Driver {
  readonly #connections: SqliteConnections

  constructor(connections: SqliteConnections) {
    this.#connections = connections
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new PooledConnection(await this.#connections.acquire())
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#connections.release((connection as PooledConnection).sqlite)
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as PooledConnection).sqlite.rollback()
  }

  /** The connections belong to the database, which closes them. */
  async destroy(): Promise<void> {}
}

class PooledConnection implements DatabaseConnection {
  readonly sqlite: SqliteConnection

  constructor(sqlite: SqliteConnection) {
    this.sqlite = sqlite
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { columns, rows, changes, lastInsertRowid } = await this.sqlite.execute(sql, parameters)
    return {
      rows: rows.map((values) => toRow<Row>(columns, values)),
      ...(changes !== undefined && { numAffectedRows: BigInt(changes) }),
      ...(lastInsertRowid !== undefined && { insertId: BigInt(lastInsertRowid) }),
    }
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Rows are not streamed: read them by keyset, a page at a time')
  }
}

function toRow<Row>(columns: readonly string[], values: readonly unknown[]): Row {
  const row: Record<string, unknown> = {}
  for (let index = 0; index < columns.length; index++) row[columns[index]!] = values[index]
  return row as Row
}
