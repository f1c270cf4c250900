import { LibsqlConnection } from './libsql-connection.js'

/** Held while this process has the database open. */
export interface FileLock {
  release(): void
}

/** Who holds the lock, as far as it can be told. */
export interface LockHolder {
  pid?: number
  since?: string
}

/**
 * Takes the lock of a database file, or says who has it.
 *
 * The lock is SQLite's own lock on a small side file, held in an open transaction: the operating system gives it back when the process ends,
 * however it ends, so a lock is never stale. "immediate" and not "exclusive", so that others can read in it who holds it.
 */
export function takeFileLock(file: string): FileLock | { heldBy: LockHolder } {
  const connection = new LibsqlConnection(file, { busyTimeoutMs: 0 })
  try {
    connection.execute('begin immediate')
    connection.execute('create table if not exists holder (pid integer not null, since text not null)')
    connection.execute('delete from holder')
    connection.execute('insert into holder (pid, since) values (?, ?)', [process.pid, new Date().toISOString()])
    connection.execute('commit')
    connection.execute('begin immediate')
    return { release: () => connection.close() }
  } catch (error) {
    if (!isBusy(error)) throw error
    const heldBy = readHolder(connection)
    connection.close()
    return { heldBy }
  }
}

function readHolder(connection: LibsqlConnection): LockHolder {
  try {
    connection.rollback()
    const [row] = connection.execute('select pid, since from holder').rows as [number, string][]
    return row ? { pid: row[0], since: row[1] } : {}
  } catch {
    // The holder is just writing its name: it is held, by whom does not matter enough to wait.
    return {}
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}
