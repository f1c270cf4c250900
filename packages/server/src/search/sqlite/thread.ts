import type { Worker } from 'node:worker_threads'
import { ServerError } from '../../errors.js'
import { startWorkerThread } from '../../worker-thread.js'
import { searchTimeout } from '../deadline.js'
import type { ThreadAnswer, ThreadRequest } from './worker-messages.js'

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

type Methods<Calls> = { [Name in keyof Calls]: Calls[Name] extends (...parameters: never[]) => unknown ? Calls[Name] : never }

/**
 * A worker thread that is asked by calls. When it dies, the calls that wait fail with `EDUFED_SEARCH_UNAVAILABLE`
 * and the next call starts it again.
 */
export class Thread<Calls extends { close(): void }> {
  readonly #path: string
  readonly #data: unknown
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #lastId = 0
  #isClosed = false

  constructor(path: string, data: unknown) {
    this.#path = path
    this.#data = data
  }

  /** How many calls wait for their answer. */
  get load(): number {
    return this.#waiting.size
  }

  /** Starts the thread ahead of the first call. */
  start(): void {
    if (!this.#isClosed) this.#started()
  }

  call<Name extends keyof Calls & string>(
    method: Name,
    ...parameters: Parameters<Methods<Calls>[Name]>
  ): Promise<ReturnType<Methods<Calls>[Name]>> {
    if (this.#isClosed) return Promise.reject(unavailable('The search index is closed'))
    return this.#ask(method, parameters) as Promise<ReturnType<Methods<Calls>[Name]>>
  }

  /** Waits for the calls that are under way, then ends the thread. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    const worker = this.#worker
    if (!worker) return
    const isEnded = new Promise((resolve) => worker.once('exit', resolve))
    await this.#ask('close', []).catch(() => worker.terminate())
    await isEnded
  }

  #ask(method: string, parameters: unknown[]): Promise<unknown> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      const request: ThreadRequest = { id, method, parameters }
      this.#waiting.set(id, { resolve, reject })
      this.#started().postMessage(request)
    })
  }

  #started(): Worker {
    if (this.#worker) return this.#worker
    const worker = startWorkerThread(this.#path, this.#data)
    worker.on('message', ({ id, value, error, isTimeout }: ThreadAnswer) => {
      const waiting = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (error === undefined) waiting?.resolve(value)
      else waiting?.reject(isTimeout ? searchTimeout() : unavailable(error))
    })
    let reason = 'its thread ended'
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error)
    })
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined
      for (const { reject } of this.#waiting.values()) reject(unavailable(reason))
      this.#waiting.clear()
    })
    this.#worker = worker
    return worker
  }
}

function unavailable(reason: string): ServerError {
  return new ServerError('EDUFED_SEARCH_UNAVAILABLE', `The search index could not answer: ${reason}`, { retryAfterSeconds: 5 })
}
