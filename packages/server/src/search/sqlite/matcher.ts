import type { LibsqlConnection } from '../../database/sqlite/libsql-connection.js'
import { assertInTime } from '../deadline.js'
import type { TermTable } from './index-file.js'
import { type TermQuestion, toMatchExpression } from './match-expression.js'
import { RowSet } from './row-set.js'

interface KnownSet {
  /** All rows, or a list of them when they are few. */
  rows: RowSet | Uint32Array
  /** Rows before this one have been asked for. */
  end: number
}

const largestCache = 32 * 1024 * 1024
const overhead = 200

/**
 * The rows that answer questions to the full-text tables. Answers are remembered: since rows are only ever added at the end, an
 * answer is brought up to date by asking for the rows behind it. The words that teachers use most cost the least.
 */
export class Matcher {
  readonly #connection: LibsqlConnection
  readonly #known = new Map<string, KnownSet>()
  /** After that nothing more is asked: each question is a step of bounded length. */
  deadline: number | undefined
  #bytes = 0

  constructor(connection: LibsqlConnection) {
    this.#connection = connection
  }

  /** Rows before `end` that match; rows that are gone since may be among them. Not to be changed. @throws {ServerError} `EDUFED_SEARCH_TIMEOUT` */
  rows(table: TermTable, question: TermQuestion, end: number): RowSet {
    assertInTime(this.deadline)
    const expression = toMatchExpression(question)
    const key = `${table} ${expression}`
    const known = this.#known.get(key)
    const rows = known ? toRowSet(known.rows, end) : new RowSet(end)
    const from = known?.end ?? 0
    if (known) this.#forget(key, known)
    if (from < end) this.#read(table, expression, from, rows)
    const count = rows.count()
    // A list takes 32 bits a row, a set one bit for every row there is.
    this.#remember(key, { rows: count * 32 < end ? rows.toList(count) : rows, end })
    return rows
  }

  /** One string for all rows: reading them one by one takes five times as long. */
  #read(table: TermTable, expression: string, from: number, into: RowSet): void {
    const sql = `select group_concat(rowid) from ${table} where ${table} match ? and rowid >= ?`
    const [[list] = []] = this.#connection.execute(sql, [expression, from]).rows
    if (typeof list === 'string') into.addList(list)
  }

  #remember(key: string, set: KnownSet): void {
    this.#known.set(key, set)
    this.#bytes += sizeOf(key, set)
    for (const [oldest, oldestSet] of this.#known) {
      if (this.#bytes <= largestCache || oldest === key) break
      this.#forget(oldest, oldestSet)
    }
  }

  #forget(key: string, set: KnownSet): void {
    if (this.#known.delete(key)) this.#bytes -= sizeOf(key, set)
  }
}

function toRowSet(rows: RowSet | Uint32Array, end: number): RowSet {
  if (rows instanceof RowSet) return rows
  const set = new RowSet(end)
  for (const row of rows) set.add(row)
  return set
}

function sizeOf(key: string, { rows }: KnownSet): number {
  return (rows instanceof RowSet ? rows.bits.byteLength : rows.byteLength) + key.length * 2 + overhead
}
