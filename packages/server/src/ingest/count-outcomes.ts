import type { HarvestCounts, PushResult } from '@edufed/sdk/schemas'

/** Counts what became of records; `taken` is always the sum of the others. */
export function countOutcomes(results: readonly Pick<PushResult, 'outcome'>[]): HarvestCounts {
  const counts: HarvestCounts = { taken: 0, created: 0, updated: 0, unchanged: 0, deleted: 0, quarantined: 0 }
  for (const { outcome } of results) {
    counts.taken++
    counts[outcome]++
  }
  return counts
}
