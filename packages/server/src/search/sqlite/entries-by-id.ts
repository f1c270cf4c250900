import type { LibsqlConnection } from '../../database/sqlite/libsql-connection.js'
import { entryCheck } from '../entry-check.js'
import type { IdRange, IndexEntry, RangeDigest } from '../search-index.js'

/** What the file holds in a range of ids. */
export function listEntries(connection: LibsqlConnection, range: IdRange, limit: number): IndexEntry[] {
  const conditions: string[] = []
  const bounds: string[] = []
  if (range.after !== undefined) {
    conditions.push('id > ?')
    bounds.push(range.after)
  }
  if (range.upTo !== undefined) {
    conditions.push('id <= ?')
    bounds.push(range.upTo)
  }
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''
  return connection
    .execute(`select id, sequence from entries ${where} order by id limit ?`, [...bounds, limit])
    .rows.map(([id, sequence]) => ({ id: String(id), sequence: Number(sequence) }))
}

const given = 'id in (select value from json_each(?))'

/** Rows of documents with their versions; ids that the file does not hold are left out. */
export function findRows(connection: LibsqlConnection, ids: readonly string[]): (IndexEntry & { row: number })[] {
  return connection
    .execute(`select id, sequence, row from entries where ${given}`, [JSON.stringify(ids)])
    .rows.map(([id, sequence, row]) => ({ id: String(id), sequence: Number(sequence), row: Number(row) }))
}

/** Which of some documents were deleted, and by which change. */
export function findTombstones(connection: LibsqlConnection, ids: readonly string[]): IndexEntry[] {
  return connection
    .execute(`select id, sequence from tombstones where ${given}`, [JSON.stringify(ids)])
    .rows.map(([id, sequence]) => ({ id: String(id), sequence: Number(sequence) }))
}

/** Read in pages: a range may hold any number of documents. */
export function digestEntries(connection: LibsqlConnection, range: IdRange): RangeDigest {
  const digest: RangeDigest = { documents: 0, sum: 0 }
  const pageSize = 10_000
  for (let after = range.after; ; ) {
    const page = listEntries(connection, { ...range, ...(after === undefined ? {} : { after }) }, pageSize)
    for (const { id, sequence } of page) digest.sum += entryCheck(id, sequence)
    digest.documents += page.length
    if (page.length < pageSize) return digest
    after = page.at(-1)!.id
  }
}
