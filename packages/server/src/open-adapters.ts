import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Adapters } from './adapters.js'
import { createSqlCatalogStore } from './catalog/sql-catalog-store.js'
import type { ServerConfig } from './config.js'
import type { Database } from './database/database.js'
import { openSqliteDatabase, type SqliteDatabase } from './database/sqlite/open-sqlite-database.js'
import { ServerError } from './errors.js'
import { createIngest } from './ingest/create-ingest.js'
import { createIngestInWriter } from './ingest/ingest-in-writer.js'
import { createSqlJobQueue } from './jobs/sql-job-queue.js'
import { createLogger } from './logger.js'
import { type FileStore, openFolderFileStore, openS3FileStore } from './modules/uploads/index.js'
import { useDictionary } from './search/dictionary/dictionary.js'
import { readDictionaryFile } from './search/dictionary/dictionary-file.js'
import { createIndexer } from './search/indexer.js'
import type { SearchIndex } from './search/search-index.js'
import { createSqliteSearchIndex } from './search/sqlite/sqlite-search-index.js'

export interface OpenAdaptersOptions {
  now?: () => Date
  logger?: Logger
}

/**
 * Opens what the configuration names: the embedded parts under `dataDirectory`, or PostgreSQL, Elasticsearch and S3.
 * The database is brought up to date; what is not named is not loaded. Elasticsearch may be away: it is opened as soon as it answers.
 *
 * @throws {ServerError} `EDUFED_DATABASE_LOCKED` when another process has the embedded database open; `EDUFED_DICTIONARY_INVALID`.
 */
export async function openAdapters(config: ServerConfig, options: OpenAdaptersOptions = {}): Promise<Adapters> {
  const { now = () => new Date(), logger = createLogger(config) } = options
  // Before anything is analysed, and before a database is touched by a process that cannot start.
  useDictionary(await readDictionaryFile(config.dictionaryFile))
  const database = await openDatabase(config)
  // Beside the migrations, but not before the database is ours: the files of the embedded index belong to the same process.
  const opening = openSearchIndex(config, logger)
  try {
    const migrations = await database.migrate()
    if (migrations.length > 0) logger.info({ migrations }, 'The database schema was brought up to date')
    const [files, searchIndex] = await Promise.all([openFileStore(config), opening])
    const catalog = createSqlCatalogStore(database, { clock: now })
    return {
      database,
      catalog,
      ingest:
        'inWriter' in database
          ? createIngestInWriter({ database, nodeId: config.nodeId, clock: now, onWritten: catalog.noteChanges })
          : createIngest({ catalog, nodeId: config.nodeId }),
      searchIndex,
      indexer: createIndexer({ catalog, index: searchIndex, logger }),
      jobs: createSqlJobQueue(database, {
        ownerId: config.nodeId,
        clock: now,
        onError: (error, doing) => logger.error({ err: error }, `The job queue failed while ${doing}`),
      }),
      files,
      logger,
    }
  } catch (error) {
    await opening.then(
      (index) => index.close(),
      () => {},
    )
    await database.close()
    throw error
  }
}

/** The database alone, as the configuration names it. */
export async function openDatabase(config: ServerConfig): Promise<Database | SqliteDatabase> {
  if (config.databaseUrl) {
    const { openPostgresDatabase } = await import('./database/postgres/open-postgres-database.js')
    return openPostgresDatabase({ url: config.databaseUrl.reveal() })
  }
  return openSqliteDatabase({ file: join(config.dataDirectory, 'edufed.sqlite'), writer: 'ingest/ingest-worker' })
}

/** The store of uploaded files, as the configuration names it. */
export async function openFileStore(config: ServerConfig): Promise<FileStore> {
  const { s3Bucket, s3Region, s3Endpoint, s3AccessKeyId, s3SecretAccessKey } = config
  if (!s3Bucket) return openFolderFileStore(join(config.dataDirectory, 'uploads'))
  return openS3FileStore({
    bucket: s3Bucket,
    region: s3Region,
    ...(s3Endpoint ? { endpoint: s3Endpoint } : {}),
    ...(s3AccessKeyId ? { accessKeyId: s3AccessKeyId } : {}),
    ...(s3SecretAccessKey ? { secretAccessKey: s3SecretAccessKey } : {}),
  })
}

async function openSearchIndex(config: ServerConfig, logger: Logger): Promise<SearchIndex> {
  const index = await createSearchIndex(config, logger)
  try {
    await index.open()
  } catch (error) {
    const isAway = error instanceof ServerError && error.code === 'EDUFED_SEARCH_UNAVAILABLE'
    if (!isAway) throw error
    logger.warn({ err: error }, 'Search is away; the server starts without it and the index catches up when it is back')
  }
  return index
}

async function createSearchIndex(config: ServerConfig, logger: Logger): Promise<SearchIndex> {
  if (config.elasticsearchUrls.length === 0) return createSqliteSearchIndex({ directory: join(config.dataDirectory, 'search') })
  const { createElasticsearchIndex } = await import('./search/elasticsearch/index.js')
  const { elasticsearchApiKey, elasticsearchUsername, elasticsearchPassword, elasticsearchCaFile } = config
  return createElasticsearchIndex({
    nodes: config.elasticsearchUrls,
    indexPrefix: config.elasticsearchIndexPrefix,
    shards: config.elasticsearchShards,
    replicas: config.elasticsearchReplicas,
    logger,
    ...(elasticsearchApiKey ? { apiKey: elasticsearchApiKey.reveal() } : {}),
    ...(elasticsearchUsername ? { username: elasticsearchUsername } : {}),
    ...(elasticsearchPassword ? { password: elasticsearchPassword.reveal() } : {}),
    ...(elasticsearchCaFile ? { caCertificate: await readFile(elasticsearchCaFile, 'utf8') } : {}),
  })
}
