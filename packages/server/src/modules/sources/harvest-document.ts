import type { Harvest, HarvestCounts, HarvestState, IssueSummary, Problem } from '@edufed/sdk/schemas'
import type { HarvestRow, ReplayNote } from './harvest-store.js'

/** A harvest as the API shows it. */
export function toHarvest(row: HarvestRow): Harvest {
  return {
    id: row.id,
    sourceId: row.source_id,
    state: row.state as HarvestState,
    ...toPause(row),
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

/** When a harvest goes on that waits for the hours in which its source may be asked. */
export function readPause({ checkpoint_json }: Pick<HarvestRow, 'checkpoint_json'>): string | undefined {
  return checkpoint_json === null ? undefined : (JSON.parse(checkpoint_json) as { pausedUntil?: string }).pausedUntil
}

/** What stands in `checkpoint_json` of a harvest that is to wait until another time than before. */
export function withPause({ checkpoint_json }: Pick<HarvestRow, 'checkpoint_json'>, pausedUntil: string): string {
  return JSON.stringify({ ...(JSON.parse(checkpoint_json ?? '{}') as object), pausedUntil })
}

function toPause(row: HarvestRow): Pick<Harvest, 'pausedUntil'> {
  const pausedUntil = row.state === 'queued' ? readPause(row) : undefined
  return pausedUntil === undefined ? {} : { pausedUntil }
}

export function isOpen(harvest: Pick<Harvest, 'state'>): boolean {
  return harvest.state === 'queued' || harvest.state === 'running'
}
