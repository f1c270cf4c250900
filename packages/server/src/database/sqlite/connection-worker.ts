import { parentPort, workerData } from 'node:worker_threads'
import { type FileLock, takeFileLock } from './file-lock.js'
import { LibsqlConnection } from './libsql-connection.js'
import type { WorkerAnswer, WorkerRequest, WorkerSettings } from './worker-messages.js'

const settings = workerData as WorkerSettings
const port = parentPort!

let connection: LibsqlConnection | undefined
let lock: FileLock | undefined

port.on('message', (request: WorkerRequest) => {
  port.postMessage(answer(request))
  if (request.type === 'close') port.close()
})

function answer(request: WorkerRequest): WorkerAnswer {
  try {
    if (request.type === 'open') return { id: request.id, ...open() }
    if (request.type === 'query') return { id: request.id, answer: connection!.execute(request.sql, request.parameters) }
    if (request.type === 'rollback') connection!.rollback()
    if (request.type === 'close') close()
    return { id: request.id }
  } catch (error) {
    const { message, code } = error as Error & { code?: unknown }
    return { id: request.id, error: { message, code: typeof code === 'string' ? code : 'SQLITE_ERROR' } }
  }
}

function open(): Omit<WorkerAnswer, 'id'> {
  if (settings.role === 'writer') {
    const taken = takeFileLock(`${settings.file}.lock`)
    if ('heldBy' in taken) return { heldBy: taken.heldBy }
    lock = taken
  }
  connection = new LibsqlConnection(settings.file, { busyTimeoutMs: 10_000 })
  connection.execute('pragma busy_timeout = 10000')
  connection.execute('pragma foreign_keys = on')
  connection.execute('pragma temp_store = memory')
  connection.execute(`pragma cache_size = ${settings.role === 'writer' ? -16_000 : -8_000}`)
  if (settings.role === 'writer') {
    connection.execute('pragma journal_mode = wal')
    connection.execute('pragma synchronous = full')
    connection.execute('pragma journal_size_limit = 67108864')
  } else {
    connection.execute('pragma query_only = on')
  }
  return {}
}

function close(): void {
  connection?.close()
  lock?.release()
}
