import type { LibsqlConnection } from '../../database/sqlite/libsql-connection.js'
import { RowSet } from './row-set.js'

interface KnownSet {
  rows: RowSet
  count: number
  /** Rows before this one have been asked for. */
  end: number
}

const largestCache = 32 * 1024 * 1024
const worthKeeping = 1000

/**
 * The rows that match full-text expressions. Large sets are remembered: since rows are only ever added at the end, a remembered
 * set is brought up to date by asking for the rows behind it.
 */
export class Matcher {
  readonly #connection: LibsqlConnection
  readonly #known = new Map<string, KnownSet>()
  #bytes = 0

  constructor(connection: LibsqlConnection) {
    this.#connection = connection
  }

  /** Matching rows before `end`; rows that are gone since may be among them. */
  rows(expression: string, end: number): RowSet {
    return this.#find(expression, end).rows
  }

  /** The same, and about how many. */
  count(expression: string, end: number): number {
    return this.#find(expression, end).count
  }

  #find(expression: string, end: number): KnownSet {
    const known = this.#known.get(expression)
    if (known) {
      this.#forget(expression)
      if (known.end < end) known.count += this.#read(expression, known.end, known.rows)
      known.end = end
      this.#remember(expression, known)
      return known
    }
    const rows = new RowSet(end)
    const set = { rows, count: this.#read(expression, 0, rows), end }
    if (set.count >= worthKeeping) this.#remember(expression, set)
    return set
  }

  /** One string for all rows: reading them one by one takes five times as long. */
  #read(expression: string, from: number, into: RowSet): number {
    const [[list] = []] = this.#connection.execute('select group_concat(rowid) from terms where terms match ? and rowid >= ?', [
      expression,
      from,
    ]).rows
    return typeof list === 'string' ? into.addList(list) : 0
  }

  #remember(expression: string, set: KnownSet): void {
    this.#known.set(expression, set)
    this.#bytes += sizeOf(expression, set)
    for (const oldest of this.#known.keys()) {
      if (this.#bytes <= largestCache || oldest === expression) break
      this.#forget(oldest)
    }
  }

  #forget(expression: string): void {
    const set = this.#known.get(expression)
    if (!set || !this.#known.delete(expression)) return
    this.#bytes -= sizeOf(expression, set)
  }
}

function sizeOf(expression: string, set: KnownSet): number {
  return set.rows.bits.byteLength + expression.length * 2
}
