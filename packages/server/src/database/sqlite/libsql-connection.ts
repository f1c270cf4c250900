import Libsql from 'libsql'

/** What a statement did: rows as arrays, in the order of `columns`. */
export interface SqlAnswer {
  columns: string[]
  rows: unknown[][]
  changes?: number
  lastInsertRowid?: number
}

export type SqlParameter = number | bigint | string | Uint8Array | null

type Statement = ReturnType<Libsql.Database['prepare']>

/** Prepared statements are kept up to this many characters of SQL; a multi-row insert holds far more memory than a point read. */
const cachedCharacters = 2_000_000

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
    const statement = this.#prepare(sql)
    const bound = parameters.map(toParameter)
    try {
      if (!statement.reader) {
        const { changes, lastInsertRowid } = statement.run(bound)
        return { columns: [], rows: [], changes, lastInsertRowid: Number(lastInsertRowid) }
      }
      const rows = statement.raw(true).all(bound) as unknown[][]
      return { columns: statement.columns().map((column) => column.name), rows }
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
    this.#statements.clear()
    this.#database.close()
  }

  #prepare(sql: string): Statement {
    const cached = this.#statements.get(sql)
    if (cached) {
      this.#statements.delete(sql)
      this.#statements.set(sql, cached)
      return cached
    }
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    this.#characters += sql.length
    for (const oldest of this.#statements.keys()) {
      if (this.#characters <= cachedCharacters || oldest === sql) break
      this.#forget(oldest)
    }
    return statement
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
