import { randomUUID } from 'node:crypto'
import type { Member, MemberInput, MemberList, MemberPatch } from '@edufed/sdk/schemas'
import type { Selectable } from 'kysely'
import type { Database } from '../../database/database.js'
import type { Tables } from '../../database/tables.js'
import { ServerError } from '../../errors.js'
import { decodeCursor, encodeCursor, invalidCursor } from '../../search/cursor.js'

type MemberRow = Selectable<Tables['members']>

export interface MembersServiceOptions {
  database: Database
  /** True while the member owns a source. */
  hasSourceOf(memberId: string): Promise<boolean>
  now: () => Date
}

/** The organisations of the alliance. */
export class MembersService {
  readonly #options: MembersServiceOptions

  constructor(options: MembersServiceOptions) {
    this.#options = options
  }

  async list({ limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<MemberList> {
    let query = this.#options.database.read
      .selectFrom('members')
      .selectAll()
      .orderBy('id')
      .limit(limit + 1)
    if (cursor !== undefined) query = query.where('id', '>', readIdCursor(cursor, 'members'))
    const rows = await query.execute()
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      members: page.map(toMember),
      ...(rows.length > limit && last ? { cursor: encodeCursor({ id: last.id }, 'members') } : {}),
    }
  }

  /** @throws {ServerError} `EDUFED_MEMBER_NOT_FOUND` */
  async get(id: string): Promise<Member> {
    const row = await this.#options.database.read.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw notFound(id)
    return toMember(row)
  }

  /** @throws {ServerError} `EDUFED_MEMBER_EXISTS` */
  async create(input: MemberInput): Promise<Member> {
    const at = this.#options.now().toISOString()
    const row: MemberRow = { ...toColumns(input), id: input.id ?? `m-${randomUUID().slice(0, 13)}`, created_at: at, updated_at: at }
    const inserted = await this.#options.database.write
      .insertInto('members')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!inserted) throw new ServerError('EDUFED_MEMBER_EXISTS', `The id ${row.id} is taken`)
    return toMember(row)
  }

  /** Changes the fields that the patch names. @throws {ServerError} `EDUFED_MEMBER_NOT_FOUND` */
  async edit(id: string, patch: MemberPatch): Promise<Member> {
    const row = await this.#options.database.write
      .updateTable('members')
      .set({ ...patch, updated_at: this.#options.now().toISOString() })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()
    if (!row) throw notFound(id)
    return toMember(row)
  }

  /** @throws {ServerError} `EDUFED_MEMBER_IN_USE` while the member has sources or keys that are not revoked. */
  async delete(id: string): Promise<void> {
    const { database } = this.#options
    await this.get(id)
    const key = await database.read
      .selectFrom('api_keys')
      .select('id')
      .where('member_id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    if (key || (await this.#options.hasSourceOf(id))) {
      throw new ServerError('EDUFED_MEMBER_IN_USE', `${id} still has ${key ? 'API keys' : 'sources'}`)
    }
    await database.write.deleteFrom('members').where('id', '=', id).execute()
  }
}

/** The id in the cursor of a list that is ordered by id. */
export function readIdCursor(cursor: string, list: string): string {
  const payload = decodeCursor(cursor, list)
  if (!('id' in payload) || typeof payload.id !== 'string') throw invalidCursor()
  return payload.id
}

function notFound(id: string): ServerError {
  return new ServerError('EDUFED_MEMBER_NOT_FOUND', `No member has the id ${id}`)
}

function toColumns(input: MemberInput) {
  return { name: input.name, level: input.level, region: input.region ?? null, contact: input.contact ?? null }
}

function toMember(row: MemberRow): Member {
  return {
    id: row.id,
    name: row.name,
    level: row.level as Member['level'],
    ...(row.region === null ? {} : { region: row.region }),
    ...(row.contact === null ? {} : { contact: row.contact }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
