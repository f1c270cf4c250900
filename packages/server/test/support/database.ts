import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Database } from '../../src/database/database.js'
import { openPostgresDatabase } from '../../src/database/postgres/open-postgres-database.js'
import { openSqliteDatabase } from '../../src/database/sqlite/open-sqlite-database.js'

const postgresUrl = process.env.EDUFED_TEST_DATABASE_URL

/** A place for a database of one test: empty, opened any number of times, gone after `remove`. */
export interface TestDatabasePlace {
  engine: Database['engine']
  /** The SQLite file, or the PostgreSQL URL. */
  address: string
  open(): Promise<Database>
  remove(): Promise<void>
}

/** The engines to run a contract suite against; PostgreSQL only when EDUFED_TEST_DATABASE_URL is set. */
export const databaseEngines: { engine: Database['engine']; title: string; isSkipped: boolean }[] = [
  { engine: 'sqlite', title: 'SQLite', isSkipped: false },
  { engine: 'postgres', title: postgresUrl ? 'PostgreSQL' : 'PostgreSQL (skipped: no PostgreSQL)', isSkipped: !postgresUrl },
]

/** Makes an empty place: a folder of its own on SQLite, a database of its own on PostgreSQL. */
export async function createDatabasePlace(engine: Database['engine'] = 'sqlite'): Promise<TestDatabasePlace> {
  return engine === 'sqlite' ? createSqlitePlace() : createPostgresPlace()
}

/** A fresh, migrated database; `close` also removes it. */
export async function openTestDatabase(engine: Database['engine'] = 'sqlite'): Promise<Database> {
  const place = await createDatabasePlace(engine)
  const database = await place.open()
  await database.migrate()
  return {
    ...database,
    close: async () => {
      await database.close()
      await place.remove()
    },
  }
}

/** Opens a place from its address, e.g. in a child process. */
export function openDatabaseAt(engine: Database['engine'], address: string): Promise<Database> {
  return engine === 'sqlite' ? openSqliteDatabase({ file: address, readers: 1 }) : openPostgresDatabase({ url: address })
}

async function createSqlitePlace(): Promise<TestDatabasePlace> {
  const folder = await mkdtemp(join(tmpdir(), 'edufed-test-'))
  const address = join(folder, 'edufed.sqlite')
  return {
    engine: 'sqlite',
    address,
    open: () => openDatabaseAt('sqlite', address),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

async function createPostgresPlace(): Promise<TestDatabasePlace> {
  if (!postgresUrl) throw new Error('EDUFED_TEST_DATABASE_URL is not set')
  const name = `edufed_test_${randomBytes(6).toString('hex')}`
  await administrate(`create database ${name}`)
  const url = new URL(postgresUrl)
  url.pathname = `/${name}`
  return {
    engine: 'postgres',
    address: url.href,
    open: () => openDatabaseAt('postgres', url.href),
    remove: () => administrate(`drop database if exists ${name} with (force)`),
  }
}

async function administrate(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
