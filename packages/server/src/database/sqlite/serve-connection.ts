import { parentPort, workerData } from 'node:worker_threads'
import { type FileLock, takeFileLock } from './file-lock.js'
import { LibsqlConnection } from './libsql-connection.js'
import type { WorkerAnswer, WorkerRequest, WorkerSettings } from './worker-messages.js'

/** Work that needs many statements and is done beside the connection, in its thread. */
export type ConnectionTasks = Record<string, (connection: LibsqlConnection, parameters: never) => Promise<unknown>>

/** Opens the connection that this thread is for, and answers what is asked of it, one request after the other. */
export function serveConnection(tasks: ConnectionTasks = {}): void {
  const settings = workerData as WorkerSettings
  const port = parentPort!
  let connection: LibsqlConnection | undefined
  let lock: FileLock | undefined
  let turn: Promise<unknown> = Promise.resolve()

  const answer = async (request: WorkerRequest): Promise<Omit<WorkerAnswer, 'id'>> => {
    switch (request.type) {
      case 'open': {
        if (settings.role === 'writer') {
          const taken = takeFileLock(`${settings.file}.lock`)
          if ('heldBy' in taken) return { heldBy: taken.heldBy }
          lock = taken
        }
        connection = openConnection(settings)
        return {}
      }
      case 'query':
        return { answer: connection!.execute(request.sql, request.parameters) }
      case 'task':
        return { value: await tasks[request.name]!(connection!, request.parameters as never) }
      case 'rollback':
        connection!.rollback()
        return {}
      case 'close':
        connection?.close()
        lock?.release()
        return {}
    }
  }

  const serve = async (request: WorkerRequest): Promise<void> => {
    const { id } = request
    try {
      port.postMessage({ id, ...(await answer(request)) } satisfies WorkerAnswer)
    } catch (error) {
      const { message, code } = error as Error & { code?: unknown }
      port.postMessage({ id, error: { message, code: typeof code === 'string' ? code : 'SQLITE_ERROR' } } satisfies WorkerAnswer)
    }
    if (request.type === 'close') port.close()
  }

  port.on('message', (request: WorkerRequest) => {
    turn = turn.then(() => serve(request))
  })
}

function openConnection({ file, role }: WorkerSettings): LibsqlConnection {
  const connection = new LibsqlConnection(file, { busyTimeoutMs: 10_000 })
  connection.execute('pragma busy_timeout = 10000')
  connection.execute('pragma foreign_keys = on')
  connection.execute('pragma temp_store = memory')
  connection.execute(`pragma cache_size = ${role === 'writer' ? -16_000 : -8_000}`)
  if (role === 'writer') {
    connection.execute('pragma journal_mode = wal')
    connection.execute('pragma synchronous = full')
    connection.execute('pragma journal_size_limit = 67108864')
  } else {
    connection.execute('pragma query_only = on')
  }
  return connection
}
