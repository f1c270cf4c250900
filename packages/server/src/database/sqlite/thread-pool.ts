import { ServerError } from '../../errors.js'
import type { SqliteThread } from './sqlite-thread.js'

/** Longest wait for a connection. Longer means that its holder waits for itself, e.g. a transaction that calls `database.write`. */
const waitLimitMs = 60_000

/** Hands out connections one holder at a time, in the order of asking. */
export class ThreadPool {
  readonly #free: SqliteThread[]
  readonly #queue: ((thread: SqliteThread) => void)[] = []

  constructor(threads: readonly SqliteThread[]) {
    this.#free = [...threads]
  }

  acquire(): Promise<SqliteThread> {
    const thread = this.#free.pop()
    if (thread) return Promise.resolve(thread)
    return new Promise((resolve, reject) => {
      const take = (next: SqliteThread) => {
        clearTimeout(timer)
        resolve(next)
      }
      const timer = setTimeout(() => {
        this.#queue.splice(this.#queue.indexOf(take), 1)
        reject(new ServerError('EDUFED_DATABASE_BUSY', `A statement waited ${waitLimitMs / 1000} s for its turn on the database`))
      }, waitLimitMs)
      this.#queue.push(take)
    })
  }

  release(thread: SqliteThread): void {
    const next = this.#queue.shift()
    if (next) next(thread)
    else this.#free.push(thread)
  }
}
