import type { Upload } from '@edufed/sdk/schemas'
import { ServerError } from '../../errors.js'
import type { Caller } from '../../plugins/authentication.js'
import type { ContentUrl } from './attached-files.js'
import { type FileStore, isGone, unfinishedLifetimeMs } from './file-store.js'
import type { RecordEncodings } from './record-encodings.js'
import type { UploadLocker } from './upload-locker.js'
import type { UploadMetadata } from './upload-metadata.js'
import type { UploadRow, UploadStore } from './upload-store.js'

/** How long after its end an upload is looked at again: whether its record has it, whether a second copy was removed. */
const repairWindowMs = 24 * 3_600_000
/** An upload whose last byte came longer ago than this lost its process before it was finished. */
const finishGraceMs = 60_000

export interface UploadServiceOptions {
  uploads: UploadStore
  files: FileStore
  locker: UploadLocker
  encodings: RecordEncodings
  contentUrl: ContentUrl
  now: () => Date
  log: { error(context: object, message: string): void }
}

/** What becomes of uploads beside the bytes, which tus takes. */
export class UploadService {
  readonly #options: UploadServiceOptions
  readonly #finishing = new Map<string, Promise<UploadRow>>()

  constructor(options: UploadServiceOptions) {
    this.#options = options
  }

  async create(id: string, caller: Caller, metadata: UploadMetadata, size: number): Promise<void> {
    await this.#options.uploads.insert({
      id,
      api_key_id: caller.keyId,
      source_id: metadata.sourceId ?? null,
      record_identifier: metadata.recordIdentifier ?? null,
      filename: metadata.filename,
      filetype: metadata.filetype,
      size,
      sha256: null,
      created_at: this.#options.now().toISOString(),
      finished_at: null,
      lock_owner: null,
      locked_until: null,
    })
  }

  /** The upload, when this key made it. @throws {ServerError} `EDUFED_UPLOAD_NOT_FOUND`, also for uploads of other keys. */
  async own(id: string, caller: Caller): Promise<UploadRow> {
    const row = await this.#options.uploads.find(id)
    if (!row || (row.api_key_id !== caller.keyId && !caller.scopes.includes('admin'))) {
      throw new ServerError('EDUFED_UPLOAD_NOT_FOUND', `This key has no upload ${id}`)
    }
    return row
  }

  /** How many bytes are there. @throws {ServerError} `EDUFED_UPLOAD_NOT_FOUND` when its beginning was never kept */
  async offset(row: UploadRow): Promise<number> {
    if (row.finished_at !== null) return Number(row.size)
    try {
      return (await this.#options.files.tus.getUpload(row.id)).offset
    } catch (error) {
      if (!isGone(error)) throw error
      throw new ServerError('EDUFED_UPLOAD_NOT_FOUND', `The upload ${row.id} was not begun to its end`)
    }
  }

  async toDocument(row: UploadRow): Promise<Upload> {
    return {
      id: row.id,
      size: Number(row.size),
      offset: await this.offset(row),
      filename: row.filename,
      filetype: row.filetype,
      ...(row.source_id === null ? {} : { sourceId: row.source_id }),
      ...(row.record_identifier === null ? {} : { recordIdentifier: row.record_identifier }),
      ...(row.sha256 === null ? {} : { sha256: row.sha256, contentUrl: this.#options.contentUrl(row.sha256) }),
      createdAt: row.created_at,
      ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
    }
  }

  /**
   * Finishes an upload all of whose bytes are there; more than once does no harm.
   *
   * @throws {ServerError} `EDUFED_UPLOAD_CHECKSUM` when the file is not the one that was announced; it is removed.
   */
  async finish(id: string): Promise<UploadRow> {
    const running = this.#finishing.get(id)
    if (running) return running
    const finishing = this.#finish(id).finally(() => this.#finishing.delete(id))
    this.#finishing.set(id, finishing)
    return finishing
  }

  async #finish(id: string): Promise<UploadRow> {
    const { uploads, files, now, encodings, log } = this.#options
    const row = await uploads.find(id)
    if (!row) throw new ServerError('EDUFED_UPLOAD_NOT_FOUND', `There is no upload ${id}`)
    if (row.finished_at !== null) return row
    const sha256 = await files.digest(id)
    const announced = (await files.tus.getUpload(id)).metadata?.sha256?.toLowerCase()
    if (announced && announced !== sha256) {
      await uploads.remove(row)
      await files.remove(id)
      throw new ServerError('EDUFED_UPLOAD_CHECKSUM', `What arrived has the SHA-256 ${sha256}, announced was ${announced}`)
    }
    const keptId = await uploads.finish(row, sha256, now())
    if (keptId !== id) await files.remove(id)
    const finished = { ...row, sha256, finished_at: now().toISOString() }
    // The file is safe; a record that cannot be written now gets it by `repair`.
    await encodings.add(finished).catch((error: unknown) => log.error({ err: error, uploadId: id }, 'the record did not get its file yet'))
    return finished
  }

  /** Removes an upload; a finished one leaves its record too, and its bytes go when no other upload has the same. */
  async remove(row: UploadRow, signal: AbortSignal): Promise<void> {
    const { uploads, files, locker, encodings } = this.#options
    const lock = locker.newLock(row.id)
    await lock.lock(signal, () => undefined)
    try {
      const unneeded = await uploads.remove(row)
      await encodings.remove(row)
      if (unneeded !== undefined) await files.remove(unneeded)
    } finally {
      await lock.unlock()
    }
  }

  /** Finishes what lost its process on the last step, removes what has expired. */
  async repair(): Promise<void> {
    const { uploads, files, encodings, now, log } = this.#options
    const before = (ms: number) => new Date(now().getTime() - ms).toISOString()
    for (const row of await uploads.listUnfinished(before(finishGraceMs))) {
      try {
        const received = await files.tus.getUpload(row.id).catch(() => undefined)
        if (received && received.offset === Number(row.size)) await this.finish(row.id)
        else if (row.created_at < before(unfinishedLifetimeMs)) await this.remove(row, AbortSignal.timeout(finishGraceMs))
      } catch (error) {
        log.error({ err: error, uploadId: row.id }, 'an upload could neither be finished nor removed')
      }
    }
    for (const row of await uploads.listFinished(before(repairWindowMs))) {
      await encodings.add(row)
      const file = row.sha256 === null ? undefined : await uploads.findFile(row.sha256)
      if (file && file.upload_id !== row.id) await files.remove(row.id)
    }
  }
}
