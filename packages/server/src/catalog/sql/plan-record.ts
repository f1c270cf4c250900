import type { PushOutcome } from '@edufed/sdk/schemas'
import type { RecordWrite } from '../catalog-store.js'
import { type RecordRow, type RecordState, toRecordRow } from './record-row.js'

/** What one write does to one record. Without a row, the record is only seen again. */
export interface RecordPlan {
  outcome: PushOutcome
  row?: RecordRow
  /** The content changed, the datestamp that the source gave did not. */
  hasOldDatestamp?: boolean
  /** The harvest had named the record before, with the same content. */
  isRepeated?: boolean
}

/** Decides what a write changes. The same content, state and visibility again changes nothing. */
export function planRecord(existing: RecordState | undefined, write: RecordWrite, at: string): RecordPlan {
  if (write.state === 'deleted') return planDeletion(existing, write, at)
  if (existing && isSame(existing, write)) {
    return { outcome: write.state === 'quarantined' ? 'quarantined' : 'unchanged', ...toRepeat(existing, write) }
  }
  const row = toRecordRow(write, at, existing?.first_seen_at ?? at)
  if (write.state === 'quarantined') return { outcome: 'quarantined', row }
  if (existing?.state !== 'active') return { outcome: 'created', row }
  const hasOldDatestamp = existing.datestamp !== null && existing.datestamp === row.datestamp && existing.content_hash !== row.content_hash
  return { outcome: 'updated', row, ...(hasOldDatestamp && { hasOldDatestamp }) }
}

/** A source that says "deleted" says nothing else: the tombstone keeps what was known of the record's identity and origin. */
function planDeletion(existing: RecordState | undefined, write: RecordWrite, at: string): RecordPlan {
  if (!existing) return { outcome: 'deleted', row: toRecordRow(write, at, at) }
  if (existing.state === 'deleted') return { outcome: 'unchanged', ...toRepeat(existing, write) }
  const row: RecordRow = {
    ...existing,
    state: 'deleted',
    content_hash: write.contentHash,
    draft_json: null,
    datestamp: write.datestamp ?? existing.datestamp,
    issues_json: JSON.stringify(write.issues),
    changed_at: at,
    last_seen_at: at,
    last_harvest_id: write.harvestId ?? existing.last_harvest_id,
  }
  return { outcome: 'deleted', row }
}

function toRepeat({ last_harvest_id }: RecordState, { harvestId }: RecordWrite): Pick<RecordPlan, 'isRepeated'> {
  return harvestId !== undefined && last_harvest_id === harvestId ? { isRepeated: true } : {}
}

function isSame(existing: RecordState, write: RecordWrite): boolean {
  return (
    existing.state === write.state &&
    existing.content_hash === write.contentHash &&
    existing.resource_id === write.resourceId &&
    existing.visible_to === write.visibleTo &&
    existing.scope === write.scope &&
    existing.level === write.level &&
    existing.region === (write.region ?? null) &&
    existing.hops === write.via.length &&
    (write.state === 'active' || existing.issues_json === JSON.stringify(write.issues))
  )
}
