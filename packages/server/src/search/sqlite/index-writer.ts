import type { LibsqlConnection } from '../../database/sqlite/libsql-connection.js'
import { analyzeForIndex, type IndexTerms } from '../analysis/index.js'
import { currentDictionary } from '../dictionary/dictionary.js'
import { dateValue, facetValues } from '../facet-values.js'
import { standingOf, tieOf } from '../ranking.js'
import type { IndexPosition } from '../search-index.js'
import { isSpelled } from '../spelling/near-words.js'
import { workOf } from '../work.js'
import { encodeAttributes } from './attributes.js'
import { columnNames } from './columns.js'
import { findRows, findTombstones } from './entries-by-id.js'
import { openForWriting, readMeta, type TermTable, termTableNames, termTables } from './index-file.js'
import { ValueSets } from './value-sets.js'
import type { StoredBody, WriteOperation } from './write-operation.js'

/** What the file knows of a document: the row that it stands in, the change that it or its deletion comes from. */
interface KnownDocument {
  row?: number
  sequence: number
  isDeleted: boolean
}

interface WriteOptions {
  /** Whether what comes of one change is written over what came of another. */
  isNewer(sequence: number, before: number): boolean
  position?: IndexPosition | undefined
  after?: IndexPosition | undefined
}

const maxWordsOfTitle = 100
const maxRememberedWords = 50_000

/** The one writer of a search file. Each batch and the position behind it are one transaction. */
export class IndexWriter {
  readonly #connection: LibsqlConnection
  readonly #sets: ValueSets
  /** Words that are kept already, or need not be. */
  readonly #words = new Set<string>()
  #nextRow: number
  #change: number

  constructor(file: string) {
    this.#connection = openForWriting(file, { dictionary: currentDictionary().fingerprint })
    this.#sets = new ValueSets(this.#connection)
    this.#nextRow = Number(this.#meta('nextRow') ?? 1)
    this.#change = Number(this.#meta('change') ?? 0)
  }

  /** @param after - When given and not the position that stands, the position does not move: the changes follow another one. */
  apply(operations: readonly WriteOperation[], position: IndexPosition | undefined, after?: IndexPosition): void {
    this.#write(operations, { isNewer: (sequence, before) => sequence > before, position, after })
  }

  /** Writes over documents of the same version, too. */
  repair(operations: readonly WriteOperation[]): void {
    this.#write(operations, { isNewer: (sequence, before) => sequence >= before })
  }

  #write(operations: readonly WriteOperation[], { isNewer, position, after }: WriteOptions): void {
    const { nextRow, change } = { nextRow: this.#nextRow, change: this.#change }
    this.#connection.execute('begin immediate')
    try {
      this.#change++
      const known = this.#knownDocuments(operations)
      for (const operation of operations) this.#applyOne(operation, known, isNewer)
      this.#setMeta('nextRow', String(this.#nextRow))
      this.#setMeta('change', String(this.#change))
      if (position && (!after || isSame(after, this.position()))) this.#setMeta('position', JSON.stringify(position))
      this.#connection.execute('commit')
    } catch (error) {
      this.#connection.rollback()
      this.#nextRow = nextRow
      this.#change = change
      this.#sets.reload()
      this.#words.clear()
      throw error
    }
  }

  /** None in a file that was made with another dictionary: its words are others, it is to be built anew. */
  position(): IndexPosition | undefined {
    if (this.#meta('dictionary') !== currentDictionary().fingerprint) return undefined
    const position = this.#meta('position')
    return position === undefined ? undefined : (JSON.parse(position) as IndexPosition)
  }

  /** Joins some of the full-text segments; false when there is nothing left to join. */
  merge(): boolean {
    let isMerging = false
    for (const table of termTableNames) {
      const before = this.#totalChanges()
      this.#connection.execute(`insert into ${table}(${table}, rank) values (?, ?)`, ['merge', 200])
      // The command itself counts as one change.
      if (this.#totalChanges() - before >= 2) isMerging = true
    }
    return isMerging
  }

  /** Forgets which rows are gone: for the start, when no reader has rows in memory yet. */
  forgetRemovals(): void {
    this.#connection.execute('delete from removals')
  }

  close(): void {
    this.#connection.execute('pragma wal_checkpoint(truncate)')
    this.#connection.close()
  }

  /** One question for the whole batch: asked for each document it would take as long as writing it. */
  #knownDocuments(operations: readonly WriteOperation[]): Map<string, KnownDocument> {
    const known = new Map<string, KnownDocument>()
    const ids = operations.map((operation) => operation.id)
    for (const { id, sequence } of findTombstones(this.#connection, ids)) known.set(id, { sequence, isDeleted: true })
    for (const { id, sequence, row } of findRows(this.#connection, ids)) known.set(id, { sequence, isDeleted: false, row })
    return known
  }

  #applyOne(operation: WriteOperation, known: Map<string, KnownDocument>, isNewer: WriteOptions['isNewer']): void {
    const { id, sequence } = operation
    const before = known.get(id)
    if (before && !isNewer(sequence, before.sequence)) return
    if (before?.row !== undefined) this.#remove(before.row)
    if (operation.type === 'put') {
      const row = this.#put(operation)
      if (before?.isDeleted) this.#connection.execute('delete from tombstones where id = ?', [id])
      known.set(id, { sequence, isDeleted: false, row })
    } else {
      this.#connection.execute('insert or replace into tombstones values (?, ?)', [id, sequence])
      known.set(id, { sequence, isDeleted: true })
    }
  }

  #remove(row: number): void {
    for (const table of ['entries', 'bodies']) this.#connection.execute(`delete from ${table} where row = ?`, [row])
    for (const table of termTableNames) this.#connection.execute(`delete from ${table} where rowid = ?`, [row])
    this.#connection.execute('insert or replace into removals values (?, ?)', [row, this.#change])
  }

  #put({ id, sequence, visibleTo, body }: WriteOperation & { type: 'put' }): number {
    const row = this.#nextRow++
    const { resource, sources } = JSON.parse(body) as StoredBody
    const terms = analyzeForIndex(resource)
    const facets = { ...facetValues(resource), source: sources.map((source) => source.id), visibleTo: [visibleTo] }
    const sets = columnNames.map((name, column) => this.#sets.codeOf(column, facets[name] ?? []))
    const [tie, work] = [tieOf(id), workOf(resource)]
    const attributes = encodeAttributes({
      date: dateValue(resource),
      tie,
      work: work === id ? tie : tieOf(work),
      titleLength: terms.titleLength,
      standing: standingOf(resource),
      sets,
    })
    this.#connection.execute('insert into entries values (?, ?, ?, ?)', [row, id, sequence, attributes])
    this.#connection.execute('insert into bodies values (?, ?)', [row, body])
    for (const table of termTableNames) this.#connection.execute(insertTerms[table], [row, ...fieldsOf(table, terms)])
    this.#keepWords(terms.title)
    return row
  }

  #keepWords(words: readonly string[]): void {
    for (const word of words.slice(0, maxWordsOfTitle)) {
      if (this.#words.has(word)) continue
      if (this.#words.size >= maxRememberedWords) this.#words.clear()
      this.#words.add(word)
      if (isSpelled(word)) this.#connection.execute('insert or ignore into title_words (word) values (?)', [word])
    }
  }

  #meta(name: string): string | undefined {
    return readMeta(this.#connection, name)
  }

  #setMeta(name: string, value: string): void {
    this.#connection.execute('insert or replace into meta values (?, ?)', [name, value])
  }

  #totalChanges(): number {
    return Number(this.#connection.execute('select total_changes()').rows[0]![0])
  }
}

const insertTerms = Object.fromEntries(
  termTableNames.map((table) => {
    const columns = termTables[table]
    return [table, `insert into ${table} (rowid, ${columns.join(', ')}) values (?${', ?'.repeat(columns.length)})`]
  }),
) as Record<TermTable, string>

/** In the order of {@link termTables}. */
function fieldsOf(table: TermTable, terms: IndexTerms): string[] {
  const fields = {
    title_terms: [terms.title, terms.titleCharacters, terms.titleKeys],
    topic_terms: [terms.keywords, terms.concepts],
    other_terms: [terms.description, terms.people],
  }[table]
  return fields.map((field) => field.join(' '))
}

function isSame(a: IndexPosition, b: IndexPosition | undefined): boolean {
  return b !== undefined && a.epoch === b.epoch && a.sequence === b.sequence
}
