import type { CatalogStore } from '../../src/catalog/catalog-store.js'
import { createSqlCatalogStore } from '../../src/catalog/sql-catalog-store.js'
import { createIndexer, type Indexer, type IndexerOptions } from '../../src/search/indexer.js'
import type { SearchIndex } from '../../src/search/search-index.js'
import { aRecord } from './a-record.js'
import { openTestDatabase } from './database.js'

/** A real catalogue whose changes an indexer takes to an index. */
export interface IndexedCatalog {
  catalog: CatalogStore
  indexer: Indexer
  /** What the indexer told. */
  messages: string[]
  /** Keeps records with these titles, one each, and returns the last change. */
  write(...titles: string[]): Promise<number>
  /** Gives the record that was kept with this title another. */
  rename(title: string, name: string): Promise<number>
  remove(...titles: string[]): Promise<number>
  start(): void
  stop(): Promise<void>
  close(): Promise<void>
}

export async function openIndexedCatalog(index: SearchIndex, options: Partial<IndexerOptions> = {}): Promise<IndexedCatalog> {
  const database = await openTestDatabase()
  const catalog = createSqlCatalogStore(database)
  const messages: string[] = []
  const tell = (_: object, message: string): void => {
    messages.push(message)
  }
  const indexer = createIndexer({ catalog, index, logger: { info: tell, warn: tell, error: tell }, retryMs: 20, idleMs: 200, ...options })
  let controller = new AbortController()
  let running: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    controller.abort()
    await running
    running = undefined
  }
  return {
    catalog,
    indexer,
    messages,
    async write(...titles) {
      await catalog.writeRecords(titles.map((title) => aRecord(encodeURIComponent(title), { text: title, draft: { name: { en: title } } })))
      return await catalog.lastSequence()
    },
    async rename(title, name) {
      await catalog.writeRecords([aRecord(encodeURIComponent(title), { text: name, draft: { name: { en: name } } })])
      return await catalog.lastSequence()
    },
    async remove(...titles) {
      await catalog.writeRecords(titles.map((title) => aRecord(encodeURIComponent(title), { state: 'deleted' })))
      return await catalog.lastSequence()
    },
    start() {
      controller = new AbortController()
      running = indexer.run(controller.signal)
    },
    stop,
    async close() {
      await stop()
      await database.close()
    },
  }
}
