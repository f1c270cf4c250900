import type { Worker } from 'node:worker_threads'
import { startWorkerThread } from '../../worker-thread.js'
import type { SqlAnswer } from './libsql-connection.js'
import type { SqliteConnection } from './sqlite-dialect.js'
import type { WorkerAnswer, WorkerRequest, WorkerSettings } from './worker-messages.js'

/** A statement that SQLite refused. `code` is SQLite's own, e.g. SQLITE_CONSTRAINT_UNIQUE. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError'
  readonly code: string

  constructor(message: string, code: string) {
    super(message)
    this.code = code
  }
}

type Request = WorkerRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never

/** One SQLite connection in a thread of its own, asked by messages, answered in order. */
export class SqliteThread implements SqliteConnection {
  readonly #worker: Worker
  readonly #waiting = new Map<number, { resolve: (answer: WorkerAnswer) => void; reject: (error: Error) => void }>()
  #lastId = 0
  #end: Error | undefined

  constructor(settings: WorkerSettings, worker = 'database/sqlite/connection-worker') {
    this.#worker = startWorkerThread(worker, settings)
    this.#worker.on('message', (answer: WorkerAnswer) => this.#settle(answer))
    this.#worker.on('error', (error) => this.#fail(new Error('The thread of the database broke off', { cause: error })))
    this.#worker.on('exit', () => this.#fail(new Error('The database is closed')))
  }

  ask(request: Request): Promise<WorkerAnswer> {
    if (this.#end) return Promise.reject(this.#end)
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      try {
        this.#worker.postMessage({ ...request, id })
      } catch (error) {
        this.#waiting.delete(id)
        reject(error)
      }
    })
  }

  async execute(sql: string, parameters: readonly unknown[]): Promise<SqlAnswer> {
    const { answer } = await this.ask({ type: 'query', sql, parameters })
    return answer!
  }

  async rollback(): Promise<void> {
    await this.ask({ type: 'rollback' })
  }

  async close(): Promise<void> {
    if (this.#end) return
    const exited = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()))
    await this.ask({ type: 'close' })
    await exited
  }

  #settle(answer: WorkerAnswer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (answer.error) waiting?.reject(new SqliteError(answer.error.message, answer.error.code))
    else waiting?.resolve(answer)
  }

  #fail(error: Error): void {
    this.#end ??= error
    for (const { reject } of this.#waiting.values()) reject(this.#end)
    this.#waiting.clear()
  }
}
