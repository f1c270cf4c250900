import type { Database } from '../database/database.js'
import type { Job } from './job-queue.js'
import { finishJob, giveBackJob, renewJob } from './job-table.js'
import type { LeaseClock } from './lease-clock.js'
import { whileLeased } from './while-leased.js'

/** Runs one claimed job to its end. A job that throws is failed, unless the process stops: then it is queued again, as it is when its lease was lost. */
export async function runJob(
  database: Database,
  job: Job,
  clock: LeaseClock,
  options: { handler: (job: Job, signal: AbortSignal) => Promise<void>; stopping: AbortSignal },
): Promise<void> {
  try {
    await whileLeased((signal) => options.handler(job, signal), {
      renew: () => renewJob(database, job.id, clock),
      renewMs: clock.renewMs,
      stopping: options.stopping,
    })
    await finishJob(database, job.id, clock)
  } catch (error) {
    if (options.stopping.aborted) await giveBackJob(database, job.id, clock)
    else await finishJob(database, job.id, clock, error instanceof Error ? error.message : String(error))
  }
}
