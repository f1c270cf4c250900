import { ServerError } from '../../errors.js'

/** Longest wait for a connection. Longer means that its holder waits for itself, e.g. a transaction that calls `database.write`. */
const waitLimitMs = 60_000

/** Hands out connections one holder at a time, in the order of asking. */
export class ConnectionPool<Connection> {
  readonly #free: Connection[]
  readonly #queue: ((connection: Connection) => void)[] = []

  constructor(connections: readonly Connection[]) {
    this.#free = [...connections]
  }

  acquire(): Promise<Connection> {
    const connection = this.#free.pop()
    if (connection) return Promise.resolve(connection)
    return new Promise((resolve, reject) => {
      const take = (next: Connection) => {
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

  release(connection: Connection): void {
    const next = this.#queue.shift()
    if (next) next(connection)
    else this.#free.push(connection)
  }
}
