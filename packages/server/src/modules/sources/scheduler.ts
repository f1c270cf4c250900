import { setTimeout as delay } from 'node:timers/promises'
import type { HarvestService } from './harvest-service.js'
import type { HarvestStore } from './harvest-store.js'
import { nextRun } from './schedule.js'
import type { SourceStore } from './source-store.js'

export interface SchedulerOptions {
  sources: SourceStore
  harvests: HarvestStore
  service: HarvestService
  now: () => Date
  /** How long a source may be overdue before it is seen, in milliseconds. */
  intervalMs: number
}

/**
 * Starts harvests that are due until `signal` aborts. A run that was missed while the node was down is made up for once;
 * a run that comes while the last one still goes on is left out.
 */
export async function runScheduler(options: SchedulerOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await startDueHarvests(options)
    // A process may have died between opening a harvest and handing it out.
    for (const harvest of await options.harvests.listOpen()) await options.service.enqueue(harvest)
    await delay(options.intervalMs, undefined, { signal }).catch(() => undefined)
  }
}

export async function startDueHarvests({ sources, harvests, service, now }: SchedulerOptions): Promise<void> {
  const time = now()
  for (const source of await sources.listDue(time.toISOString())) {
    const { id, cron, next_harvest_at: dueAt } = source
    if (cron === null || dueAt === null) continue
    const nextHarvestAt = nextRun({ cron, timeZone: source.time_zone ?? 'UTC' }, time)?.toISOString() ?? null
    const harvest = await harvests.openScheduled({ id, dueAt, nextHarvestAt }, time)
    if (harvest) await service.enqueue(harvest)
  }
}
