import type { SqliteDatabase } from '../database/sqlite/open-sqlite-database.js'
import type { Ingest, IngestItem, IngestResult, IngestSource } from './ingest.js'

/** What the writing thread is given; all of it can be copied between threads. */
export interface IngestTask {
  method: 'write' | 'compare'
  nodeId: string
  now: Date
  source: IngestSource
  items: readonly IngestItem[]
  context: { harvestId?: string }
}

export interface IngestInWriterOptions {
  database: SqliteDatabase
  nodeId: string
  clock: () => Date
  /** Called when records may have changed. */
  onWritten: () => void
}

/** Ingest in the thread that writes the embedded database: who searches does not wait while records are checked and kept. */
export function createIngestInWriter({ database, nodeId, clock, onWritten }: IngestInWriterOptions): Ingest {
  const run = (task: Pick<IngestTask, 'method' | 'source' | 'items' | 'context'>) =>
    database.inWriter<IngestResult[]>('ingest', { ...task, nodeId, now: clock() } satisfies IngestTask)
  return {
    async write(source, items, context = {}) {
      if (items.length === 0) return []
      const results = await run({ method: 'write', source, items, context })
      onWritten()
      return results
    },
    compare: (source, items) => run({ method: 'compare', source, items, context: {} }),
  }
}
