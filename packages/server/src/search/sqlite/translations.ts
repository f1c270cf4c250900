/** Few of many documents are translations. What a search must know of each row is one look into a table of bytes. */
const tableSize = 0x10000

/** Which works have translations, and in which rows those stand. */
export class Translations {
  readonly #rows = new Map<number, number[]>()
  readonly #table = new Uint8Array(tableSize)

  add(work: number, row: number): void {
    const rows = this.#rows.get(work)
    if (rows) rows.push(row)
    else this.#rows.set(work, [row])
    this.#table[work & (tableSize - 1)] = 1
  }

  /** Whether a work has, or had, translations. */
  has(work: number): boolean {
    return this.#table[work & (tableSize - 1)] === 1 && this.#rows.has(work)
  }

  /** Rows of the translations of a work; rows that are gone may be among them. */
  rowsOf(work: number): readonly number[] {
    return this.#rows.get(work) ?? []
  }
}
