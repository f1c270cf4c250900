import { setTimeout as delay } from 'node:timers/promises'
import type { Harvest, ReplayInput } from '@edufed/sdk/schemas'
import type { Adapters } from '../adapters.js'
import type { ServerConfig } from '../config.js'
import { createSourceServices } from '../modules/sources/index.js'
import { withAttachedFiles } from '../modules/uploads/index.js'

const pollMs = 500

/** Harvests a source in this process, or replays it, tells how it goes on stderr, and waits until search finds what it brought. */
export async function harvestSource(
  adapters: Adapters,
  config: ServerConfig,
  sourceId: string,
  work: { mode: 'full' | 'incremental' } | { replay: ReplayInput },
): Promise<Harvest> {
  const { database, catalog, jobs, indexer, logger } = adapters
  const baseUrl = config.publicUrl?.replace(/\/$/, '') ?? `http://${config.host}:${config.port}`
  const {
    sourceService,
    harvestService,
    work: startWork,
  } = createSourceServices({
    database,
    catalog,
    ingest: withAttachedFiles(adapters.ingest, database, (sha256) => `${baseUrl}/api/v1/files/${sha256}`),
    jobs,
    allowNetworks: config.allowNetworks,
    harvestConcurrency: 1,
    now: () => new Date(),
    log: logger,
  })
  const source = await sourceService.row(sourceId)
  let harvest = 'replay' in work ? await harvestService.replay(source, work.replay) : await harvestService.start(source, work.mode)
  const { id } = harvest
  const cancel = () => void harvestService.cancel(sourceId, id).catch(() => undefined)
  process.once('SIGINT', cancel)
  process.once('SIGTERM', cancel)
  startWork(1)
  jobs.lead('indexer', (signal) => indexer.run(signal))
  let shown = ''
  while (harvest.state === 'queued' || harvest.state === 'running') {
    await delay(pollMs)
    harvest = await harvestService.find(sourceId, id)
    const line = toProgressLine(harvest)
    if (line !== shown) process.stderr.write(`${line}\n`)
    shown = line
  }
  await indexer.waitUntilSearchable(await catalog.lastSequence(), { signal: AbortSignal.timeout(60_000) }).catch((error: unknown) => {
    logger.warn({ err: error }, 'The records are kept, but the search index has not caught up yet')
  })
  return harvest
}

function toProgressLine({ state, counts, expectedRecords }: Harvest): string {
  const of = expectedRecords === undefined ? '' : ` of ${expectedRecords}`
  const { taken, created, updated, unchanged, deleted, quarantined, repeated } = counts
  const again = repeated ? `, ${repeated} given again` : ''
  return `${state}: ${taken}${of} taken, ${created} new, ${updated} changed, ${unchanged} unchanged, ${deleted} deleted, ${quarantined} quarantined${again}`
}
