import Libsql from 'libsql'

/** What a statement did: rows as arrays, in the order of `columns`. */
export interface SqlAnswer {
  columns: string[]
  rows: unknown[][]
  changes?: number
  lastInsertRowid?: number
}

export type SqlParameter = number | bigint | string | Uint8Array | null

/** A prepared statement with the names of its columns; a statement without any gives no rows. */
interface Statement {
  prepared: ReturnType<Libsql.Database['prepare']>
  columns: string[]
}

/** Prepared statements are kept up to this many characters of SQL; a multi-row insert holds far more memory than a point read. */
const cachedCharacters = 2_000_000

const changesTables = /^\s*(create|alter|drop)\b/i

/**
 * One libsql connection. All that is odd about libsql is hidden here:
 * `get()` adds `_metadata` and `pluck().get()` ignores pluck (so rows are read in raw mode, with `all()`), integers are bound as
 * floats (so they are bound as bigint), a boolean parameter ends the whole process, and statements are not cached.
 */
export class LibsqlConnection {
  readonly #database: Libsql.Database
  readonly #statements = new Map<string, Statement>()
  #characters = 0

  constructor(file: string, options: { busyTimeoutMs: number }) {
    this.#database = new Libsql(file, { timeout: options.busyTimeoutMs })
  }

  execute(sql: string, parameters: readonly unknown[] = []): SqlAnswer {
    const { prepared, columns } = this.#prepare(sql)
    const bound = parameters.map(toParameter)
    try {
      if (columns.length === 0) {
        const { changes, lastInsertRowid } = prepared.run(bound)
        return { columns, rows: [], changes, lastInsertRowid: Number(lastInsertRowid) }
      }
      return { columns, rows: prepared.all(bound) as unknown[][] }
    } catch (error) {
      this.#forget(sql)
      throw error
    }
  }

  /** Rolls back if there is anything to roll back: a failed statement may have done it already. */
  rollback(): void {
    if (this.#database.inTransaction) this.#database.exec('rollback')
  }

  close(): void {
    this.#forgetAll()
    this.#database.close()
  }

  #prepare(sql: string): Statement {
    const cached = this.#statements.get(sql)
    if (cached) {
      this.#statements.delete(sql)
      this.#statements.set(sql, cached)
      return cached
    }
    // Statements that were prepared before may have other columns now.
    if (changesTables.test(sql)) this.#forgetAll()
    const prepared = this.#database.prepare(sql)
    const statement = { prepared, columns: prepared.reader ? prepared.columns().map((column) => column.name) : [] }
    if (prepared.reader) prepared.raw(true)
    this.#statements.set(sql, statement)
    this.#characters += sql.length
    for (const oldest of this.#statements.keys()) {
      if (this.#characters <= cachedCharacters || oldest === sql) break
      this.#forget(oldest)
    }
    return statement
  }

  #forgetAll(): void {
    this.#statements.clear()
    this.#characters = 0
  }

  #forget(sql: string): void {
    if (this.#statements.delete(sql)) this.#characters -= sql.length
  }
}

function toParameter(value: unknown): SqlParameter {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'string' || typeof value === 'bigint' || value instanceof Uint8Array) return value
  if (value instanceof Date) return value.toISOString()
  throw new TypeError(`A value of type ${Object.prototype.toString.call(value).slice(8, -1)} cannot be a parameter of a statement`)
}
