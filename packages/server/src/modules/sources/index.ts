import { createFetcher } from '@edufed/harvester'
import type { App } from '../../app-instance.js'
import type { CatalogStore } from '../../catalog/catalog-store.js'
import type { Database } from '../../database/database.js'
import type { Ingest } from '../../ingest/ingest.js'
import type { JobQueue } from '../../jobs/job-queue.js'
import type { SourceDirectory } from '../records/index.js'
import { ConformityService, conformityJobKind } from './conformity/conformity-service.js'
import type { Observations } from './conformity/observer.js'
import { addConformityRoutes } from './conformity/routes.js'
import { addHarvestRoutes } from './harvest-routes.js'
import { HarvestRunner } from './harvest-runner.js'
import { HarvestService, harvestJobKind } from './harvest-service.js'
import { HarvestStore } from './harvest-store.js'
import { addSourceRoutes } from './routes.js'
import { runScheduler } from './scheduler.js'
import { SourceService, visibilityJobKind } from './service.js'
import { toIngestSource } from './source-document.js'
import { SourceStore } from './source-store.js'
import { withCurrentSource } from './with-current-source.js'

export interface SourcesOptions {
  database: Database
  catalog: CatalogStore
  ingest: Ingest
  jobs: JobQueue
  allowNetworks: readonly string[]
  /** Harvests that this process runs at a time. */
  harvestConcurrency: number
  now: () => Date
  log: { error(context: object, message: string): void }
  /** How late a scheduled harvest may start, in milliseconds. @default 5000 */
  schedulerIntervalMs?: number
}

/** What other modules may ask of this one. */
export interface SourcesModule extends SourceDirectory {
  /** The ingest for all who write records: it minds edits of their source that come meanwhile. */
  ingest: Ingest
  /** Names of sources by id; unknown ids are left out. */
  nameSources(ids: readonly string[]): Promise<Map<string, string>>
  /** For the metrics: how many harvests are in each state. */
  countHarvestsByState(): Promise<Map<string, number>>
  /** Starts to run harvests and schedules in this process, until the job queue is stopped. */
  start(): void
}

/** The services of this module without a server around them, for the command line. */
export function createSourceServices(options: SourcesOptions) {
  const { database, catalog, jobs, now, allowNetworks } = options
  const sources = new SourceStore(database)
  const harvests = new HarvestStore(database)
  const sourceService = new SourceService({ sources, catalog, jobs, allowNetworks, now })
  const harvestService = new HarvestService({ harvests, sources, catalog, jobs, now })
  const ingest = withCurrentSource(options.ingest, { sources, catalog })
  const conformity = new ConformityService({
    database,
    harvests,
    sources,
    jobs,
    createFetcher: () => createFetcher({ allowNetworks }),
    now,
  })
  const onEnded = (harvestId: string, observations: Observations) => conformity.enqueue(harvestId, observations)
  const runner = new HarvestRunner({ ...options, ingest, harvests, sources, onEnded })
  return {
    ingest,
    sources,
    harvests,
    sourceService,
    harvestService,
    conformity,
    /** Starts to run harvests in this process. */
    work(concurrency: number) {
      jobs.work(harvestJobKind, { concurrency }, (job, signal) => runner.run(String(job.payload.harvestId), signal))
      jobs.work(conformityJobKind, { concurrency: 1 }, ({ payload }, signal) =>
        conformity.judge(String(payload.harvestId), payload.observations as Observations, signal),
      )
    },
  }
}

/** Adds everything about sources and their harvests to the server. */
export function addSources(app: App, options: SourcesOptions): SourcesModule {
  const { catalog, jobs, now, schedulerIntervalMs = 5_000 } = options
  const { ingest, sources, harvests, sourceService, harvestService, conformity, work } = createSourceServices(options)
  addSourceRoutes(app, sourceService)
  addConformityRoutes(app, { sources: sourceService, conformity })
  addHarvestRoutes(app, { sources: sourceService, harvests: harvestService, catalog })
  return {
    ingest,
    async findSource(id) {
      const row = await sources.find(id)
      return row && { kind: row.kind, ingest: toIngestSource(row) }
    },
    async hasSourceOf(memberId) {
      return (await sources.list({ memberId }, { limit: 1 })).length > 0
    },
    async nameSources(ids) {
      const rows = ids.length === 0 ? [] : await sources.list({ sourceIds: ids }, { limit: ids.length })
      return new Map(rows.map((row) => [row.id, row.name]))
    },
    countHarvestsByState: () => harvests.countByState(),
    start() {
      if (options.harvestConcurrency > 0) work(options.harvestConcurrency)
      jobs.work(visibilityJobKind, { concurrency: 1 }, (job) => sourceService.reviseVisibility(String(job.payload.sourceId)))
      jobs.lead('scheduler', (signal) =>
        runScheduler({ sources, harvests, service: harvestService, now, intervalMs: schedulerIntervalMs }, signal),
      )
    },
  }
}
