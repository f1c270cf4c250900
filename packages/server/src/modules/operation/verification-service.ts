import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '../../database/database.js'
import type { JobQueue } from '../../jobs/job-queue.js'
import type { IndexVerification } from '../../search/index-verification.js'
import type { Indexer } from '../../search/indexer.js'
import { readVerification, replaceVerification, type Verification, writeVerification } from './verification-store.js'

export interface VerificationServiceOptions {
  database: Database
  indexer: Indexer
  jobs: JobQueue
  /** Hours from one comparison to the next; 0 for none by itself. */
  everyHours: number
  now: () => Date
  log: FastifyBaseLogger
}

const jobKind = 'verify-index'
const jobKey = 'index'
const hourMs = 3_600_000
/** A node that starts has other things to do at first, and one whose engine was away gets another chance. */
const soonMs = 10 * 60_000
const pollMs = 60_000

/** Compares the search index with the catalogue on schedule or when asked, in one process of the node at a time, and keeps the report. */
export class VerificationService {
  readonly #options: VerificationServiceOptions

  constructor(options: VerificationServiceOptions) {
    this.#options = options
  }

  async state(): Promise<Verification> {
    return (await readVerification(this.#options.database)).verification
  }

  /** Hands a comparison out, unless one is under way. */
  async request(): Promise<Verification> {
    const { database, jobs } = this.#options
    const before = await readVerification(database)
    if (await jobs.enqueue({ kind: jobKind, key: jobKey, payload: {} })) {
      const { last, lastAt } = before.verification
      await replaceVerification(database, before, { state: 'queued', ...(last && lastAt ? { last, lastAt } : {}) })
    }
    return await this.state()
  }

  /** Keeps the report of a comparison that was made elsewhere, e.g. by the command. */
  async keep(last: IndexVerification): Promise<void> {
    const at = this.#options.now().toISOString()
    await writeVerification(this.#options.database, { state: 'completed', finishedAt: at, last, lastAt: at })
  }

  start(): void {
    const { jobs } = this.#options
    jobs.work(jobKind, { concurrency: 1 }, (_, signal) => this.#run(signal))
    if (this.#options.everyHours > 0) jobs.lead('index-verification', (signal) => this.#schedule(signal))
  }

  async #schedule(signal: AbortSignal): Promise<void> {
    const { everyHours, now } = this.#options
    const startedAt = now().getTime()
    while (!signal.aborted) {
      if (
        now().getTime() >= dueAt((await readVerification(this.#options.database)).verification, { startedAt, everyMs: everyHours * hourMs })
      )
        await this.request()
      await delay(pollMs, undefined, { signal }).catch(() => undefined)
    }
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { database, indexer, now, log } = this.#options
    const { last, lastAt } = await this.state()
    const startedAt = now().toISOString()
    const before = last && lastAt ? { last, lastAt } : {}
    await writeVerification(database, { state: 'running', startedAt, ...before })
    try {
      const found = await indexer.verify({ signal })
      const finishedAt = now().toISOString()
      await writeVerification(database, { state: 'completed', startedAt, finishedAt, last: found, lastAt: finishedAt })
    } catch (error) {
      if (signal.aborted) throw error
      log.error({ err: error }, 'The search index could not be compared with the catalogue')
      const message = error instanceof Error ? error.message : String(error)
      await writeVerification(database, { state: 'failed', startedAt, finishedAt: now().toISOString(), error: message, ...before })
    }
  }
}

/** When the next comparison is due, in milliseconds. */
export function dueAt({ state, finishedAt, lastAt }: Verification, { startedAt, everyMs }: { startedAt: number; everyMs: number }): number {
  const regular = lastAt === undefined ? startedAt + Math.min(soonMs, everyMs) : Date.parse(lastAt) + everyMs
  return state === 'failed' && finishedAt !== undefined ? Math.max(regular, Date.parse(finishedAt) + Math.min(soonMs, everyMs)) : regular
}
