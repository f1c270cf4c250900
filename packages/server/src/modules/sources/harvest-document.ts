import type { Harvest, HarvestCounts, HarvestState, IssueSummary, Problem } from '@edufed/sdk/schemas'
import type { HarvestRow, ReplayNote } from './harvest-store.js'

/** A harvest as the API shows it. */
export function toHarvest(row: HarvestRow): Harvest {
  return {
    id: row.id,
    sourceId: row.source_id,
    state: row.state as HarvestState,
    mode: row.mode as Harvest['mode'],
    ...(row.replay_json === null ? {} : { isDryRun: (JSON.parse(row.replay_json) as ReplayNote).isDryRun }),
    trigger: row.trigger as Harvest['trigger'],
    createdAt: row.created_at,
    ...(row.started_at === null ? {} : { startedAt: row.started_at }),
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
    counts: JSON.parse(row.counts_json) as HarvestCounts,
    pages: Number(row.pages),
    bytes: Number(row.bytes),
    ...(row.expected_records === null ? {} : { expectedRecords: Number(row.expected_records) }),
    ...(row.coverage_json === null ? {} : { coverage: JSON.parse(row.coverage_json) as Record<string, number> }),
    issues: JSON.parse(row.issues_json) as IssueSummary[],
    ...(row.error_json === null ? {} : { error: JSON.parse(row.error_json) as Problem }),
  }
}

export function isOpen(harvest: Pick<Harvest, 'state'>): boolean {
  return harvest.state === 'queued' || harvest.state === 'running'
}
