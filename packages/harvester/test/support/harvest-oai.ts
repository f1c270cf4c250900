import { createFetcher, type FetcherOptions } from '../../src/fetch/create-fetcher.js'
import type { HarvestOptions, HarvestReport } from '../../src/run/harvest.js'
import { harvest } from '../../src/run/run-harvest.js'
import { MemorySink } from './memory-sink.js'

/** Harvests a repository on loopback into memory, with short pauses. */
export async function harvestOai(
  url: string,
  options: HarvestOptions & { settings?: Record<string, unknown>; fetcherOptions?: FetcherOptions; sink?: MemorySink } = {},
): Promise<{ report: HarvestReport; sink: MemorySink }> {
  const { settings, fetcherOptions, sink = new MemorySink(), ...others } = options
  const fetcher = createFetcher({
    allowNetworks: ['127.0.0.0/8'],
    backoffMs: 1,
    maxPauseMs: 10,
    idleTimeoutMs: 300,
    responseTimeoutMs: 300,
    maxRetries: 2,
    ...fetcherOptions,
  })
  try {
    const report = await harvest({ kind: 'oai-pmh', settings: { url, retryDelayMs: 1, ...settings } }, sink, { fetcher, ...others })
    return { report, sink }
  } finally {
    fetcher.close()
  }
}
