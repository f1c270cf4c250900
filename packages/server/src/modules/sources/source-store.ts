import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Database } from '../../database/database.js'
import type { Tables } from '../../database/tables.js'

export type SourceRow = Selectable<Tables['sources']>
export type SourceChange = Updateable<Tables['sources']>

/** Which sources a caller may see and touch; absent = all of them. */
export interface SourceAccess {
  memberId?: string
  sourceIds?: readonly string[]
}

/** The rows of the table `sources`. */
export class SourceStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async find(id: string): Promise<SourceRow | undefined> {
    return this.#database.read.selectFrom('sources').selectAll().where('id', '=', id).executeTakeFirst()
  }

  /** Sources in order of their id. */
  async list(access: SourceAccess, options: { after?: string; limit: number }): Promise<SourceRow[]> {
    let query = this.#database.read.selectFrom('sources').selectAll().orderBy('id').limit(options.limit)
    if (access.memberId !== undefined) query = query.where('member_id', '=', access.memberId)
    if (access.sourceIds !== undefined) query = query.where('id', 'in', [...access.sourceIds, ''])
    if (options.after !== undefined) query = query.where('id', '>', options.after)
    return query.execute()
  }

  /** @returns false when the id is taken. */
  async insert(row: Insertable<Tables['sources']>): Promise<boolean> {
    const result = await this.#database.write
      .insertInto('sources')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    return Number(result.numInsertedOrUpdatedRows ?? 0) === 1
  }

  /** Changes a row that is still as it was at `updatedAt`. @returns false when it was changed or removed meanwhile. */
  async update(id: string, updatedAt: string, change: SourceChange): Promise<boolean> {
    const result = await this.#database.write
      .updateTable('sources')
      .set(change)
      .where('id', '=', id)
      .where('updated_at', '=', updatedAt)
      .executeTakeFirst()
    return Number(result.numUpdatedRows) === 1
  }

  /** Keeps the authority that the source named, unless one is known already. */
  async keepAuthority(id: string, authority: string): Promise<void> {
    await this.#database.write.updateTable('sources').set({ authority }).where('id', '=', id).where('authority', 'is', null).execute()
  }

  /** Keeps where the next incremental harvest starts. */
  async keepSince(id: string, since: object): Promise<void> {
    await this.#database.write
      .updateTable('sources')
      .set({ since_json: JSON.stringify(since) })
      .where('id', '=', id)
      .execute()
  }

  async delete(id: string): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      await transaction.deleteFrom('harvests').where('source_id', '=', id).execute()
      await transaction.deleteFrom('source_conformity').where('source_id', '=', id).execute()
      await transaction.deleteFrom('sources').where('id', '=', id).execute()
    })
  }

  /** Sources whose time to be harvested has come. */
  async listDue(now: string): Promise<SourceRow[]> {
    return this.#database.read
      .selectFrom('sources')
      .selectAll()
      .where('is_enabled', '=', 1)
      .where('next_harvest_at', '<=', now)
      .orderBy('next_harvest_at')
      .limit(100)
      .execute()
  }
}
