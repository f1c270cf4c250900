import type { Logger } from 'pino'
import type { CatalogStore } from './catalog/catalog-store.js'
import type { Database } from './database/database.js'
import type { Ingest } from './ingest/ingest.js'
import type { JobQueue } from './jobs/job-queue.js'
import type { FileStore } from './modules/uploads/index.js'
import type { Indexer } from './search/indexer.js'
import type { SearchIndex } from './search/search-index.js'

/** What a server stands on; chosen by the configuration in open-adapters.ts. */
export interface Adapters {
  database: Database
  catalog: CatalogStore
  ingest: Ingest
  searchIndex: SearchIndex
  indexer: Indexer
  jobs: JobQueue
  files: FileStore
  logger: Logger
}

/** Stops the work first, then closes what it stood on. */
export async function closeAdapters({ jobs, searchIndex, files, database }: Adapters): Promise<void> {
  const results = []
  for (const close of [() => jobs.stop(), () => searchIndex.close(), () => files.close(), () => database.close()]) {
    results.push(await Promise.allSettled([close()]))
  }
  const failures = results.flat().flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  if (failures.length > 0) throw new AggregateError(failures, 'The server could not be closed properly')
}
