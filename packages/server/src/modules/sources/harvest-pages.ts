import type { HarvestItem } from '@edufed/harvester'
import type { HarvestCounts, PushResult } from '@edufed/sdk/schemas'
import type { IngestItem } from '../../ingest/ingest.js'

const batchSize = 500

/** The items of a page as ingest takes them, in batches that keep a transaction short. */
export function toBatches(items: readonly HarvestItem[], rawDigest: string | undefined): IngestItem[][] {
  const batches: IngestItem[][] = []
  for (let start = 0; start < items.length; start += batchSize) {
    batches.push(items.slice(start, start + batchSize).map((item) => toIngestItem(item, rawDigest)))
  }
  return batches
}

function toIngestItem(item: HarvestItem, rawDigest: string | undefined): IngestItem {
  const raw = rawDigest === undefined ? {} : { rawDigest }
  if (item.type === 'record') {
    const { type, ...record } = item
    return { ...record, ...raw }
  }
  const { type, ...deleted } = item
  return { ...deleted, ...raw, isDeleted: true, metadataPrefix: '' }
}

/** Adds what became of records; `taken` stays the sum of the others. */
export function addResults(counts: HarvestCounts, results: readonly PushResult[]): void {
  for (const result of results) {
    counts[result.outcome] += 1
    counts.taken += 1
  }
}
