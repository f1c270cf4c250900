import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.js'
import type { RecordWrite, WriteResult } from '../catalog-store.js'
import { planRecord } from './plan-record.js'
import { selectRecordStates } from './record-statements.js'
import { recordKey } from './write-records.js'

/** What writing each of the records would do to what is there now. */
export async function compareRecords(db: Kysely<Tables>, records: readonly RecordWrite[]): Promise<WriteResult[]> {
  const states = await selectRecordStates(db, records)
  return records.map((record) => {
    const existing = states.get(recordKey(record.sourceId, record.identifier))
    const { outcome } = planRecord(existing, record, record.datestamp ?? '')
    return { outcome, resourceId: existing?.resource_id ?? record.resourceId }
  })
}
