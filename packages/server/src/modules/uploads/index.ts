import { setTimeout as delay } from 'node:timers/promises'
import type { App } from '../../app-instance.js'
import type { CatalogStore } from '../../catalog/catalog-store.js'
import type { Database } from '../../database/database.js'
import type { Ingest } from '../../ingest/ingest.js'
import type { JobQueue } from '../../jobs/job-queue.js'
import type { SourceDirectory } from '../records/index.js'
import type { ContentUrl } from './attached-files.js'
import { addFileRoutes } from './file-routes.js'
import type { FileStore } from './file-store.js'
import { RecordEncodings } from './record-encodings.js'
import { addUploadRoutes } from './routes.js'
import type { S3FileStoreOptions } from './s3-file-store.js'
import { UploadService } from './service.js'
import { TusServer } from './tus-server.js'
import { UploadLocker } from './upload-locker.js'
import { UploadStore } from './upload-store.js'

export { type ContentUrl, withAttachedFiles } from './attached-files.js'
export type { FileStore } from './file-store.js'
export { openFolderFileStore } from './folder-file-store.js'

/** Opens a bucket for uploaded files. The client of S3 is large and loaded only here. */
export async function openS3FileStore(options: S3FileStoreOptions): Promise<FileStore> {
  const store = await import('./s3-file-store.js')
  return store.openS3FileStore(options)
}

const repairIntervalMs = 600_000

export interface UploadsOptions {
  database: Database
  catalog: CatalogStore
  /** From {@link withAttachedFiles}. */
  ingest: Ingest
  jobs: JobQueue
  files: FileStore
  sources: SourceDirectory
  maxUploadBytes: number
  contentUrl: ContentUrl
  publicUrl?: string
  now: () => Date
  log: { error(context: object, message: string): void }
}

/** Adds uploads and the files that they became to the server. */
export function addUploads(app: App, options: UploadsOptions): { start(): void } {
  const { database, files, now, log, publicUrl } = options
  const uploads = new UploadStore(database)
  const locker = new UploadLocker(uploads, now)
  const encodings = new RecordEncodings(options)
  const service = new UploadService({ uploads, files, locker, encodings, contentUrl: options.contentUrl, now, log })
  const prefix = publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/$/, '')
  const tus = new TusServer({ service, files, locker, maxUploadBytes: options.maxUploadBytes, publicPath: `${prefix}/api/v1/uploads`, log })
  addUploadRoutes(app, { service, tus, sources: options.sources, maxUploadBytes: options.maxUploadBytes })
  addFileRoutes(app, { uploads, files, catalog: options.catalog })
  app.addHook('onReady', async () => {
    // A SQLite file belongs to one process: whoever held a lock is dead.
    if (database.engine === 'sqlite') await uploads.unlockAll()
  })
  return {
    start() {
      options.jobs.lead('uploads', async (signal) => {
        while (!signal.aborted) {
          await service.repair()
          await delay(repairIntervalMs, undefined, { signal }).catch(() => undefined)
        }
      })
    },
  }
}
