import type { Logger } from 'pino'
import type { CatalogStore } from './catalog/catalog-store.js'
import type { Database } from './database/database.js'
import type { Ingest } from './ingest/ingest.js'
import type { JobQueue } from './jobs/job-queue.js'
import type { SearchIndex } from './search/search-index.js'

/** Keeps the search index up to date with the change log. */
export interface Indexer {
  /** Follows the change log until the signal aborts. */
  run(signal: AbortSignal): Promise<void>
}

/** What a server stands on; chosen by the configuration in open-adapters.ts. */
export interface Adapters {
  database: Database
  catalog: CatalogStore
  ingest: Ingest
  searchIndex: SearchIndex
  indexer: Indexer
  jobs: JobQueue
  logger: Logger
}
