import type { Database } from '../database/database.js'
import type { JobQueue } from './job-queue.js'
import { claimJob, forgetFinishedJobs, insertJob, reclaimJobs } from './job-table.js'
import { createLeaseClock, type LeaseOptions } from './lease-clock.js'
import { giveBackLease, reclaimLeases, takeLease } from './lease-table.js'
import { Pause } from './pause.js'
import { runJob } from './run-job.js'
import { whileLeased } from './while-leased.js'

export interface SqlJobQueueOptions extends LeaseOptions {
  /** Told of what went wrong and is tried again, e.g. when the database is away. */
  onError?: (error: unknown, doing: string) => void
}

/** Jobs and leases in the node's SQL database. What a dead process held is taken over: at once on SQLite, after its lease on PostgreSQL. */
export function createSqlJobQueue(database: Database, options: SqlJobQueueOptions): JobQueue {
  const clock = createLeaseClock(options)
  const onError = options.onError ?? (() => {})
  const stop = new AbortController()
  const loops = new Set<Promise<void>>()
  const pauses = new Map<string, Pause>()
  let start: Promise<void> | undefined

  /** One SQLite file has one process, so whoever held something before is gone. */
  const started = () => {
    start ??= (async () => {
      if (database.engine === 'sqlite') {
        await reclaimJobs(database, clock)
        await reclaimLeases(database, clock)
      }
      await forgetFinishedJobs(database, clock)
    })().catch((error: unknown) => {
      start = undefined
      throw error
    })
    return start
  }

  /** Does a step again and again until the queue stops; after one that failed or found nothing to do, it waits. */
  const loop = (pause: Pause, doing: string, step: () => Promise<'again' | 'wait'>) => {
    const run = async () => {
      while (!stop.signal.aborted) {
        const next = await started()
          .then(step)
          .catch((error: unknown) => {
            onError(error, doing)
            return 'wait'
          })
        if (next === 'wait') await pause.wait(clock.pollMs, stop.signal)
      }
    }
    const running = run().finally(() => loops.delete(running))
    loops.add(running)
  }

  return {
    async enqueue({ kind, key, payload, runAt }) {
      const at = clock.now()
      const isQueued = await insertJob(database, { kind, key, payload, runAt: runAt?.toISOString() ?? at, at })
      if (isQueued) pauses.get(kind)?.wake()
      return isQueued
    },
    work(kind, { concurrency }, handler) {
      const pause = new Pause()
      pauses.set(kind, pause)
      const running = new Set<string>()
      loop(pause, `take jobs of kind ${kind}`, async () => {
        if (running.size >= concurrency) return 'wait'
        const job = await claimJob(database, { kind, running: [...running], clock })
        if (!job) return 'wait'
        const run = runJob(database, job, clock, { handler, stopping: stop.signal })
          .catch((error: unknown) => onError(error, `end job ${job.id}`))
          .finally(() => {
            running.delete(job.id)
            loops.delete(run)
            pause.wake()
          })
        running.add(job.id)
        loops.add(run)
        return 'again'
      })
    },
    lead(name, task) {
      loop(new Pause(), `lead ${name}`, async () => {
        if (!(await takeLease(database, name, clock))) return 'wait'
        try {
          await whileLeased(task, { renew: () => takeLease(database, name, clock), renewMs: clock.renewMs, stopping: stop.signal })
        } finally {
          await giveBackLease(database, name, clock)
        }
        return 'wait'
      })
    },
    async stop() {
      stop.abort(new Error('The process stops'))
      while (loops.size > 0) await Promise.all(loops)
    },
  }
}
