import type { Source, SourceInput } from '@edufed/sdk/schemas'
import type { IngestSource } from '../../ingest/ingest.js'
import { redactSettings } from './connector-settings.js'
import type { SourceRow } from './source-store.js'

/** A source as the API shows it, its secrets hidden. */
export function toSource(row: SourceRow, options: { secrets: readonly string[]; recordCount: number }): Source {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    settings: redactSettings(readSettings(row), options.secrets),
    ...(row.member_id === null ? {} : { memberId: row.member_id }),
    ...(row.authority === null ? {} : { authority: row.authority }),
    level: row.level as Source['level'],
    ...(row.region === null ? {} : { region: row.region }),
    defaultScope: row.default_scope as Source['defaultScope'],
    ...(row.cron === null ? {} : { schedule: { cron: row.cron, timeZone: row.time_zone ?? 'UTC' } }),
    isEnabled: row.is_enabled === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    recordCount: options.recordCount,
    ...(row.next_harvest_at === null ? {} : { nextHarvestAt: row.next_harvest_at }),
  }
}

export function readSettings(row: SourceRow): NonNullable<SourceInput['settings']> {
  return JSON.parse(row.settings_json) as Record<string, unknown>
}

/** What ingest must know of a source. A source that nobody has named an authority for speaks under its own id. */
export function toIngestSource(row: SourceRow): IngestSource {
  return {
    id: row.id,
    authority: row.authority ?? row.id,
    level: row.level,
    ...(row.region === null ? {} : { region: row.region }),
    ...(row.member_id === null ? {} : { memberId: row.member_id }),
    defaultScope: row.default_scope as IngestSource['defaultScope'],
  }
}
