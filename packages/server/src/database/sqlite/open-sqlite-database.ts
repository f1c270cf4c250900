import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, resolve } from 'node:path'
import { Kysely } from 'kysely'
import { ServerError } from '../../errors.js'
import type { Database } from '../database.js'
import { migrateToLatest } from '../migrations/migrate-to-latest.js'
import type { Tables } from '../tables.js'
import { ConnectionPool } from './connection-pool.js'
import type { LockHolder } from './file-lock.js'
import { createSqliteDialect } from './sqlite-dialect.js'
import { SqliteThread } from './sqlite-thread.js'

export interface SqliteDatabaseOptions {
  /** Made when it is not there, with its folder. Beside it lie `…-wal`, `…-shm` and `…lock`. */
  file: string
  /** Threads that read. @default one less than the machine has processors, 1 or 2 */
  readers?: number
  /** The worker whose thread writes, for one that has tasks. @default one without any */
  writer?: string
}

export interface SqliteDatabase extends Database {
  readonly engine: 'sqlite'
  /** Runs a task of the writing thread, between the transactions of others. */
  inWriter<T>(task: string, parameters: unknown): Promise<T>
}

/**
 * Opens the node's SQLite file: one thread writes, others read, so that the event loop never waits for the disk.
 *
 * @throws {ServerError} `EDUFED_DATABASE_LOCKED` when a process has the file open already.
 */
export async function openSqliteDatabase(options: SqliteDatabaseOptions): Promise<SqliteDatabase> {
  const { readers = Math.min(2, Math.max(1, availableParallelism() - 1)) } = options
  const file = resolve(options.file)
  await mkdir(dirname(file), { recursive: true })
  const writer = new SqliteThread({ file, role: 'writer' }, options.writer)
  // Started together, opened one after the other: only who has the lock may look into the file.
  const threads = [writer, ...Array.from({ length: readers }, () => new SqliteThread({ file, role: 'reader' }))]
  const closeThreads = async () => {
    // The writer last: the connection that closes last moves the write-ahead log into the file.
    for (const thread of threads.toReversed()) await thread.close()
  }
  try {
    const { heldBy } = await writer.ask({ type: 'open' })
    if (heldBy) throw lockedError(file, heldBy)
    await Promise.all(threads.slice(1).map((reader) => reader.ask({ type: 'open' })))
  } catch (error) {
    await closeThreads()
    throw error
  }
  const writers = new ConnectionPool([writer])
  const write = new Kysely<Tables>({ dialect: createSqliteDialect(writers) })
  const read = new Kysely<Tables>({ dialect: createSqliteDialect(new ConnectionPool(threads.slice(1))) })
  return {
    engine: 'sqlite',
    read,
    write,
    transaction: (work) => write.transaction().execute(work),
    async inWriter<T>(task: string, parameters: unknown) {
      const thread = await writers.acquire()
      try {
        return (await thread.ask({ type: 'task', name: task, parameters })).value as T
      } finally {
        writers.release(thread)
      }
    },
    migrate: () => migrateToLatest(write, 'sqlite'),
    close: closeThreads,
  }
}

function lockedError(file: string, { pid, since }: LockHolder): ServerError {
  const holder = pid === undefined ? 'Another process' : pid === process.pid ? 'This process' : `Process ${pid}`
  return new ServerError('EDUFED_DATABASE_LOCKED', `${holder} has ${file} open${since ? ` since ${since}` : ''}`)
}
