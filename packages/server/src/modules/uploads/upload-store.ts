import type { Insertable, Selectable } from 'kysely'
import type { Database } from '../../database/database.js'
import type { Tables } from '../../database/tables.js'

export type UploadRow = Selectable<Tables['uploads']>
export type FileRow = Selectable<Tables['files']>

/** Stands behind the owner of a lock that another request waits for. */
const wanted = ' wanted'

/** A finished file that belongs to a record. */
export interface AttachedFile {
  recordIdentifier: string
  filename: string
  filetype: string
  size: number
  sha256: string
}

/** The rows of the tables `uploads` and `files`. */
export class UploadStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async insert(row: Insertable<Tables['uploads']>): Promise<void> {
    await this.#database.write.insertInto('uploads').values(row).execute()
  }

  async find(id: string): Promise<UploadRow | undefined> {
    return this.#database.read.selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirst()
  }

  /**
   * Names an upload's content, and makes it the kept copy unless the same content was there before.
   *
   * @returns The id of the upload whose bytes are kept.
   */
  async finish(upload: UploadRow, sha256: string, now: Date): Promise<string> {
    return this.#database.transaction(async (transaction) => {
      const file = { sha256, size: upload.size, filetype: upload.filetype, upload_id: upload.id, created_at: now.toISOString() }
      await transaction
        .insertInto('files')
        .values(file)
        .onConflict((conflict) => conflict.column('sha256').doNothing())
        .execute()
      await transaction
        .updateTable('uploads')
        .set({ sha256, finished_at: now.toISOString() })
        .where('id', '=', upload.id)
        .where('finished_at', 'is', null)
        .execute()
      const kept = await transaction.selectFrom('files').select('upload_id').where('sha256', '=', sha256).executeTakeFirstOrThrow()
      return kept.upload_id
    })
  }

  async findFile(sha256: string): Promise<FileRow | undefined> {
    return this.#database.read.selectFrom('files').selectAll().where('sha256', '=', sha256).executeTakeFirst()
  }

  /** The uploads that brought this content, newest first. */
  async listBySha256(sha256: string): Promise<UploadRow[]> {
    return this.#database.read
      .selectFrom('uploads')
      .selectAll()
      .where('sha256', '=', sha256)
      .orderBy('created_at', 'desc')
      .limit(1_000)
      .execute()
  }

  /** The finished files of these records, in the order they came. */
  async listAttached(sourceId: string, identifiers: readonly string[]): Promise<AttachedFile[]> {
    const rows = await this.#database.read
      .selectFrom('uploads')
      .select(['record_identifier', 'filename', 'filetype', 'size', 'sha256'])
      .where('source_id', '=', sourceId)
      .where('record_identifier', 'in', [...identifiers])
      .where('sha256', 'is not', null)
      .orderBy('finished_at')
      .execute()
    return rows.map((row) => ({
      recordIdentifier: row.record_identifier!,
      filename: row.filename,
      filetype: row.filetype,
      size: Number(row.size),
      sha256: row.sha256!,
    }))
  }

  async listUnfinished(createdBefore: string): Promise<UploadRow[]> {
    return this.#database.read
      .selectFrom('uploads')
      .selectAll()
      .where('finished_at', 'is', null)
      .where('created_at', '<', createdBefore)
      .limit(1_000)
      .execute()
  }

  async listFinished(finishedAfter: string): Promise<UploadRow[]> {
    return this.#database.read.selectFrom('uploads').selectAll().where('finished_at', '>', finishedAfter).limit(10_000).execute()
  }

  /** Removes an upload. @returns The id of the upload whose bytes nobody needs any more, if there is one. */
  async remove(upload: UploadRow): Promise<string | undefined> {
    return this.#database.transaction(async (transaction) => {
      await transaction.deleteFrom('uploads').where('id', '=', upload.id).execute()
      if (upload.sha256 === null) return upload.id
      const other = await transaction.selectFrom('uploads').select('id').where('sha256', '=', upload.sha256).executeTakeFirst()
      if (other) return undefined
      const file = await transaction.deleteFrom('files').where('sha256', '=', upload.sha256).returning('upload_id').executeTakeFirst()
      return file?.upload_id
    })
  }

  /** Takes the lock of an upload when nobody holds it. */
  async lock(id: string, owner: string, now: Date, until: Date): Promise<boolean> {
    const result = await this.#database.write
      .updateTable('uploads')
      .set({ lock_owner: owner, locked_until: until.toISOString() })
      .where('id', '=', id)
      .where((where) => where.or([where('lock_owner', 'is', null), where('locked_until', '<', now.toISOString())]))
      .executeTakeFirst()
    return Number(result.numUpdatedRows) === 1
  }

  async isThere(id: string): Promise<boolean> {
    return (await this.#database.read.selectFrom('uploads').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
  }

  /** Leaves a mark for the holder of a lock that another request waits for it. */
  async askForLock(id: string): Promise<void> {
    await this.#database.write
      .updateTable('uploads')
      .set(({ eb }) => ({ lock_owner: eb('lock_owner', '||', wanted) }))
      .where('id', '=', id)
      .where('lock_owner', 'not like', `%${wanted}`)
      .execute()
  }

  /** Keeps a lock for longer, if `owner` still holds it. */
  async renewLock(id: string, owner: string, until: Date): Promise<'kept' | 'wanted' | 'lost'> {
    const row = await this.#database.write
      .updateTable('uploads')
      .set({ locked_until: until.toISOString() })
      .where('id', '=', id)
      .where('lock_owner', 'in', [owner, `${owner}${wanted}`])
      .returning('lock_owner')
      .executeTakeFirst()
    if (!row) return 'lost'
    return row.lock_owner === owner ? 'kept' : 'wanted'
  }

  async unlock(id: string, owner: string): Promise<void> {
    await this.#database.write
      .updateTable('uploads')
      .set({ lock_owner: null, locked_until: null })
      .where('id', '=', id)
      .where('lock_owner', 'in', [owner, `${owner}${wanted}`])
      .execute()
  }

  /** Frees all locks: for a store that belongs to one process, which has just started. */
  async unlockAll(): Promise<void> {
    await this.#database.write
      .updateTable('uploads')
      .set({ lock_owner: null, locked_until: null })
      .where('lock_owner', 'is not', null)
      .execute()
  }
}
