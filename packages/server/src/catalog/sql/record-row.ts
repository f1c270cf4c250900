import type { VisibilityScope } from '@edufed/sdk/schemas'
import type { Selectable } from 'kysely'
import type { Tables } from '../../database/tables.js'
import type { RecordWrite } from '../catalog-store.js'

export type RecordRow = Selectable<Tables['records']>

/** What is compared and kept of a record without its text: drafts are long and not needed to decide what a write changes. */
export type RecordState = Omit<RecordRow, 'draft_json'>

export const recordStateColumns = [
  'source_id',
  'identifier',
  'resource_id',
  'state',
  'content_hash',
  'origin_authority',
  'origin_identifier',
  'via_json',
  'hops',
  'metadata_prefix',
  'datestamp',
  'raw_digest',
  'issues_json',
  'level',
  'region',
  'scope',
  'visible_to',
  'first_seen_at',
  'changed_at',
  'last_seen_at',
  'last_harvest_id',
] as const satisfies (keyof RecordState)[]

export function toRecordRow(write: RecordWrite, at: string, firstSeenAt: string): RecordRow {
  return {
    source_id: write.sourceId,
    identifier: write.identifier,
    resource_id: write.resourceId,
    state: write.state,
    content_hash: write.contentHash,
    draft_json: write.draft && write.state !== 'deleted' ? JSON.stringify(write.draft) : null,
    origin_authority: write.origin.authority,
    origin_identifier: write.origin.identifier,
    via_json: JSON.stringify(write.via),
    hops: write.via.length,
    metadata_prefix: write.metadataPrefix,
    datestamp: write.datestamp ?? null,
    raw_digest: write.rawDigest ?? null,
    issues_json: JSON.stringify(write.issues),
    level: write.level,
    region: write.region ?? null,
    scope: write.scope,
    visible_to: write.visibleTo,
    first_seen_at: firstSeenAt,
    changed_at: at,
    last_seen_at: at,
    last_harvest_id: write.harvestId ?? null,
  }
}

export function toRecordWrite(row: RecordRow): RecordWrite {
  return {
    sourceId: row.source_id,
    identifier: row.identifier,
    state: row.state,
    resourceId: row.resource_id,
    contentHash: row.content_hash,
    ...(row.draft_json !== null && { draft: JSON.parse(row.draft_json) }),
    origin: { authority: row.origin_authority, identifier: row.origin_identifier },
    via: JSON.parse(row.via_json),
    metadataPrefix: row.metadata_prefix,
    ...(row.datestamp !== null && { datestamp: row.datestamp }),
    ...(row.raw_digest !== null && { rawDigest: row.raw_digest }),
    issues: JSON.parse(row.issues_json),
    level: row.level,
    ...(row.region !== null && { region: row.region }),
    scope: row.scope as VisibilityScope,
    visibleTo: row.visible_to,
    ...(row.last_harvest_id !== null && { harvestId: row.last_harvest_id }),
  }
}
