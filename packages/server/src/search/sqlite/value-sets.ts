import type { LibsqlConnection } from '../../database/sqlite/libsql-connection.js'
import { columnNames } from './columns.js'

/** Gives every distinct set of values of a column a number, and keeps it in the file. The empty set is 0. */
export class ValueSets {
  readonly #connection: LibsqlConnection
  readonly #codes = columnNames.map(() => new Map<string, number>())

  constructor(connection: LibsqlConnection) {
    this.#connection = connection
    this.reload()
  }

  /** Forgets what a rolled back transaction gave out. */
  reload(): void {
    for (const codes of this.#codes) codes.clear()
    for (const [column, code, list] of this.#connection.execute('select facet, code, list from value_sets').rows)
      this.#codes[Number(column)]!.set(String(list), Number(code))
  }

  codeOf(column: number, values: readonly string[]): number {
    if (values.length === 0) return 0
    const codes = this.#codes[column]!
    const list = JSON.stringify(values.length > 1 ? [...new Set(values)].sort() : values)
    let code = codes.get(list)
    if (code === undefined) {
      code = codes.size + 1
      codes.set(list, code)
      this.#connection.execute('insert into value_sets values (?, ?, ?)', [column, code, list])
    }
    return code
  }
}
