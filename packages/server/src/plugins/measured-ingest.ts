import type { Ingest } from '../ingest/ingest.js'
import type { Metrics } from './metrics.js'

/** The same ingest, with what it writes counted by outcome. */
export function measuredIngest(ingest: Ingest, metrics: Pick<Metrics, 'recordsWritten'>): Ingest {
  return {
    async write(source, items, context) {
      const results = await ingest.write(source, items, context)
      for (const { outcome } of results) metrics.recordsWritten.inc({ outcome })
      return results
    },
    compare: (source, items) => ingest.compare(source, items),
  }
}
