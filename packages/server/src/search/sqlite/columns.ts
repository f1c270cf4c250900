import { facetNames } from '@edufed/sdk/schemas'
import type { LibsqlConnection } from '../../database/sqlite/libsql-connection.js'
import { type Attributes, decodeAttributes } from './attributes.js'
import { Translations } from './translations.js'

/** What each row holds a set of values of: the facets, and who may see it. */
export const columnNames = [...facetNames, 'visibleTo'] as const
export const visibleToColumn = columnNames.length - 1

const pageSize = 5_000

/**
 * What is counted, filtered and sorted by, of every row, in typed arrays: a value set is a small number, equal sets have equal
 * numbers. Kept up to date from the file, by what changed since the last time.
 */
export class Columns {
  /** Behind the last row that is known. */
  end = 1
  documents = 0
  sets: Uint32Array[] = columnNames.map(() => new Uint32Array(1024))
  dates = new Float64Array(1024)
  ties = new Float64Array(1024)
  works = new Float64Array(1024)
  titleLengths = new Uint8Array(1024)
  standings = new Float32Array(1024)
  /** 1 for rows that are there. */
  alive = new Uint8Array(1024)
  /** The values of each set, by column and code. Code 0 is the empty set. */
  readonly values: string[][][] = columnNames.map(() => [[]])
  readonly translations = new Translations()
  #change = 0

  /** Brings the arrays up to what the connection sees now. */
  update(connection: LibsqlConnection): void {
    const [[change] = []] = connection.execute("select cast(value as integer) from meta where name = 'change'").rows
    if (change === undefined || Number(change) === this.#change) return
    this.#readValueSets(connection)
    if (this.#change > 0) this.#readRemovals(connection)
    this.#readRows(connection)
    this.#change = Number(change)
  }

  #readValueSets(connection: LibsqlConnection): void {
    for (const [column, known] of this.values.entries()) {
      const { rows } = connection.execute('select code, list from value_sets where facet = ? and code >= ?', [column, known.length])
      for (const [code, list] of rows) known[Number(code)] = JSON.parse(String(list)) as string[]
    }
  }

  #readRemovals(connection: LibsqlConnection): void {
    for (const [row] of connection.execute('select row from removals where change > ?', [this.#change]).rows) this.#remove(Number(row))
  }

  /** What changed stands in new rows, behind those that are known. There may be very many of them, when nothing was asked for long. */
  #readRows(connection: LibsqlConnection): void {
    const [[last] = []] = connection.execute('select max(row) from entries').rows
    if (Number(last ?? 0) >= this.alive.length) this.#grow(Number(last) + 1)
    for (let next = this.end; ; ) {
      const { rows } = connection.execute('select row, attributes from entries where row >= ? order by row limit ?', [next, pageSize])
      for (const [row, attributes] of rows) this.#put(Number(row), decodeAttributes(attributes as Buffer))
      if (rows.length < pageSize) return
      next = Number(rows.at(-1)![0]) + 1
    }
  }

  #put(row: number, attributes: Attributes): void {
    if (row >= this.alive.length) this.#grow(row + 1)
    for (const [column, code] of attributes.sets.entries()) this.sets[column]![row] = code
    this.dates[row] = attributes.date
    this.ties[row] = attributes.tie
    this.works[row] = attributes.work
    if (attributes.work !== attributes.tie) this.translations.add(attributes.work, row)
    this.titleLengths[row] = attributes.titleLength
    this.standings[row] = attributes.standing
    if (this.alive[row] === 0) this.documents++
    this.alive[row] = 1
    this.end = Math.max(this.end, row + 1)
  }

  #remove(row: number): void {
    if (row >= this.alive.length || this.alive[row] === 0) return
    this.alive[row] = 0
    this.documents--
  }

  #grow(length: number): void {
    const capacity = Math.max(length, Math.ceil(this.alive.length * 1.5))
    const enlarge = <T extends { set(from: T): void }>(old: T, larger: T): T => {
      larger.set(old)
      return larger
    }
    this.sets = this.sets.map((set) => enlarge(set, new Uint32Array(capacity)))
    this.dates = enlarge(this.dates, new Float64Array(capacity))
    this.ties = enlarge(this.ties, new Float64Array(capacity))
    this.works = enlarge(this.works, new Float64Array(capacity))
    this.standings = enlarge(this.standings, new Float32Array(capacity))
    this.titleLengths = enlarge(this.titleLengths, new Uint8Array(capacity))
    this.alive = enlarge(this.alive, new Uint8Array(capacity))
  }
}
