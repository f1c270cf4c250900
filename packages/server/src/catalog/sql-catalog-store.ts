import type { Database } from '../database/database.js'
import type { CatalogStore } from './catalog-store.js'
import { lockChangeLog } from './sql/change-log.js'
import { createChangeSignal } from './sql/change-signal.js'
import { compareRecords } from './sql/compare-records.js'
import { countUnseen, deleteUnseen, listUnseen } from './sql/delete-unseen.js'
import { keepRaw, readRaw } from './sql/raw-responses.js'
import { countRecords, findRecord, listQuarantined } from './sql/read-records.js'
import { findResource, findResources, scanByDatestamp, scanResources, scanVersions } from './sql/read-resources.js'
import { reviseVisibility } from './sql/revise-visibility.js'
import { lastSequence, scanChanges } from './sql/scan-changes.js'
import { writeRecords } from './sql/write-records.js'

export interface SqlCatalogStoreOptions {
  /** @default () => new Date() */
  clock?: () => Date
  /** How often to look for changes that other processes wrote (PostgreSQL), in milliseconds. @default 250 */
  pollMs?: number
}

export interface SqlCatalogStore extends CatalogStore {
  /** Wakes those who wait for changes: another connection of this process has written some. */
  noteChanges(): void
}

/** The catalogue in the node's SQL database, alike on SQLite and PostgreSQL. */
export function createSqlCatalogStore(database: Database, options: SqlCatalogStoreOptions = {}): SqlCatalogStore {
  const { read, engine } = database
  const now = options.clock ?? (() => new Date())
  const signal = createChangeSignal(() => lastSequence(read), engine === 'postgres' ? { pollMs: options.pollMs ?? 250 } : {})
  let epoch: Promise<string> | undefined

  const readEpoch = async () => {
    const row = await read.selectFrom('node_meta').select('value').where('key', '=', 'epoch').executeTakeFirstOrThrow()
    return row.value
  }

  return {
    epoch() {
      epoch ??= readEpoch().catch((error: unknown) => {
        epoch = undefined
        throw error
      })
      return epoch
    },
    async writeRecords(records) {
      if (records.length === 0) return []
      const results = await database.transaction(async (transaction) => {
        await lockChangeLog(transaction, engine)
        return writeRecords(transaction, records, { engine, now: now() })
      })
      signal.notify()
      return results
    },
    compareRecords: (records) => compareRecords(read, records),
    countUnseen: (sourceId, harvestId) => countUnseen(read, sourceId, harvestId),
    listUnseen: (sourceId, harvestId, { limit }) => listUnseen(read, sourceId, harvestId, limit),
    async deleteUnseen(sourceId, harvestId) {
      try {
        return await deleteUnseen(database, { sourceId, harvestId, now })
      } finally {
        signal.notify()
      }
    },
    async reviseVisibility(source) {
      try {
        return await reviseVisibility(database, { source, now })
      } finally {
        signal.notify()
      }
    },
    keepRaw: (harvestId, page, responses) => keepRaw(database, { harvestId, page, responses, now: now() }),
    readRaw: (harvestId, order) => readRaw(read, harvestId, order),
    findResource: (id, viewer) => findResource(read, id, viewer),
    findResources: (ids) => findResources(read, ids),
    findRecord: (sourceId, identifier) => findRecord(read, sourceId, identifier),
    countRecords: (sourceIds) => countRecords(read, sourceIds),
    listQuarantined: (sourceId, page) => listQuarantined(read, sourceId, page),
    scanChanges: (scan) => scanChanges(read, scan),
    scanByDatestamp: (scan) => scanByDatestamp(read, scan),
    scanResources: (scan) => scanResources(read, scan),
    scanVersions: (scan) => scanVersions(read, scan),
    lastSequence: () => lastSequence(read),
    waitForChange: (sequence, wait) => signal.wait(sequence, wait),
    noteChanges: () => signal.notify(),
  }
}
