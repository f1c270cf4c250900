import { LibsqlConnection } from '../../database/sqlite/libsql-connection.js'
import { columnNames } from './columns.js'

/** Raised when terms or tables change: a file of another version is not read, the index is built again. */
const fileVersion = 6
const fingerprint = `${fileVersion}:${columnNames.join(',')}`

/**
 * The full-text tables and their columns. Three tables and not one, because what matters to ranking is which kind of field a word
 * stands in, and asking a table costs far less than asking a column: that has to read every position.
 */
export const termTables = {
  title_terms: ['title', 'characters', 'keys'],
  topic_terms: ['keywords', 'concepts'],
  other_terms: ['description', 'people'],
} as const
export type TermTable = keyof typeof termTables
export const termTableNames = Object.keys(termTables) as TermTable[]

const tables = [
  'create table if not exists meta (name text primary key, value text not null) without rowid',
  // Rows are never used twice: a changed document gets a new one, so that readers only ever add rows behind those that they know.
  'create table if not exists entries (row integer primary key, id text not null unique, sequence integer not null, attributes blob not null)',
  'create table if not exists bodies (row integer primary key, body text not null)',
  'create table if not exists removals (row integer primary key, change integer not null)',
  'create index if not exists removals_by_change on removals (change)',
  // What was deleted when: a late write must not bring it back.
  'create table if not exists tombstones (id text primary key, sequence integer not null) without rowid',
  'create table if not exists value_sets (facet integer not null, code integer not null, list text not null, primary key (facet, code)) without rowid',
  // What titles are spelt with, each word once: where a misspelt word is looked for. Words stay when their documents go.
  'create table if not exists title_words (number integer primary key, word text not null unique)',
  ...termTableNames.map(
    (table) =>
      `create virtual table if not exists ${table} using fts5(${termTables[table].join(', ')}, content='', contentless_delete=1, tokenize='ascii')`,
  ),
]

/**
 * Opens a search file for its one writer, and makes its tables.
 *
 * @param options.dictionary - Fingerprint of the dictionary, which a new file is noted to be made with.
 * @throws when it is damaged or of another version.
 */
export function openForWriting(file: string, options: { dictionary: string }): LibsqlConnection {
  const connection = new LibsqlConnection(file, { busyTimeoutMs: 10_000 })
  try {
    // A document fills half of a usual page, and the rest of it stays empty.
    connection.execute('pragma page_size = 16384')
    connection.execute('pragma journal_mode = wal')
    // What a crash takes back is in the catalogue; the position goes back with it.
    connection.execute('pragma synchronous = normal')
    connection.execute('pragma cache_size = -16000')
    connection.execute('pragma temp_store = memory')
    connection.execute('pragma wal_autocheckpoint = 1000')
    connection.execute('pragma journal_size_limit = 67108864')
    for (const table of tables) connection.execute(table)
    // Fewer and larger segments while much is written; what is left to join is joined in quiet times.
    for (const table of termTableNames) {
      connection.execute(`insert into ${table}(${table}, rank) values ('hashsize', ?)`, [4 * 1024 * 1024])
      connection.execute(`insert into ${table}(${table}, rank) values ('automerge', ?)`, [8])
    }
    let found = readMeta(connection, 'fingerprint')
    if (found === undefined) {
      connection.execute('insert into meta values (?, ?), (?, ?)', ['dictionary', options.dictionary, 'fingerprint', fingerprint])
      found = fingerprint
    }
    if (found !== fingerprint) throw new Error(`The search file is of version ${found}, this program needs ${fingerprint}`)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** What the file notes by a name. Files from before dictionaries were noted have none. */
export function readMeta(connection: LibsqlConnection, name: string): string | undefined {
  const [[value] = []] = connection.execute('select value from meta where name = ?', [name]).rows
  return value === undefined ? undefined : String(value)
}

/** Opens a search file for reading. Never waits for the writer. */
export function openForReading(file: string): LibsqlConnection {
  const connection = new LibsqlConnection(file, { busyTimeoutMs: 10_000 })
  connection.execute('pragma query_only = on')
  connection.execute('pragma cache_size = -16000')
  connection.execute('pragma temp_store = memory')
  return connection
}
