import { foldLabel } from '../../vocabularies/fold.js'
import type { MappingSource, SourceEntry, SourceText } from './mapping-source.js'

/** A row of a table as a record to map: a path is the name of a column. */
export class RowSource implements MappingSource {
  readonly #header: readonly string[]
  readonly #cells: readonly string[]
  readonly #columns: ReadonlyMap<string, number>
  readonly #read = new Set<number>()

  /** @param columns - Place of each column that is asked for, by the name that it is asked for with; see {@link findColumn}. */
  constructor(header: readonly string[], cells: readonly string[], columns: ReadonlyMap<string, number>) {
    this.#header = header
    this.#cells = cells
    this.#columns = columns
  }

  read(path: string): SourceText[] {
    const index = this.#columns.get(path)
    const text = index === undefined ? '' : this.readAt(index)
    return text.trim() === '' ? [] : [{ text }]
  }

  /** The cell of a column by its place. */
  readAt(index: number): string {
    this.#read.add(index)
    return this.#cells[index] ?? ''
  }

  entries(): SourceEntry[] {
    return this.#cells.flatMap((text, index) =>
      text.trim() === '' ? [] : [{ path: this.#header[index]?.trim() || `column ${index + 1}`, text, isRead: this.#read.has(index) }],
    )
  }
}

/** Place of a column by its name, as it is written or nearly so; -1 when there is none. */
export function findColumn(header: readonly string[], name: string): number {
  const exact = header.findIndex((column) => column.trim() === name.trim())
  return exact === -1 ? header.findIndex((column) => foldLabel(column) === foldLabel(name)) : exact
}
