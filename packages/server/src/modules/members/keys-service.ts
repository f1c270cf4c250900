import { randomUUID } from 'node:crypto'
import type { ApiKey, ApiKeyInput, ApiKeyList, ApiKeyScope, CreatedApiKey } from '@edufed/sdk/schemas'
import type { Insertable, Selectable } from 'kysely'
import type { Database } from '../../database/database.js'
import type { Tables } from '../../database/tables.js'
import { ServerError } from '../../errors.js'
import { encodeCursor } from '../../search/cursor.js'
import { createApiKeySecret, digestApiKey } from './api-key-secret.js'
import type { CachedKeyDirectory } from './key-directory.js'
import { readIdCursor } from './members-service.js'

const prefixLength = 'edufed_'.length + 5

/** API keys: made, listed and revoked. The secret itself is not kept. */
export class KeysService {
  readonly #database: Database
  readonly #directory: CachedKeyDirectory
  readonly #now: () => Date

  constructor(options: { database: Database; directory: CachedKeyDirectory; now: () => Date }) {
    this.#database = options.database
    this.#directory = options.directory
    this.#now = options.now
  }

  /** @throws {ServerError} `EDUFED_REQUEST_INVALID` for a key that could never be used, or would reach further than its member. */
  async create(input: ApiKeyInput): Promise<CreatedApiKey> {
    await this.#check(input)
    const key = createApiKeySecret()
    const row: Insertable<Tables['api_keys']> = {
      id: `key-${randomUUID()}`,
      name: input.name,
      prefix: key.slice(0, prefixLength),
      digest: digestApiKey(key),
      scopes_json: JSON.stringify(input.scopes),
      member_id: input.memberId ?? null,
      source_ids_json: input.sourceIds ? JSON.stringify(input.sourceIds) : null,
      max_upload_bytes: input.maxUploadBytes ?? null,
      created_at: this.#now().toISOString(),
      expires_at: input.expiresAt ? new Date(input.expiresAt).toISOString() : null,
      last_used_at: null,
      revoked_at: null,
    }
    await this.#database.write.insertInto('api_keys').values(row).execute()
    this.#directory.forget(row.digest)
    return { ...toApiKey(row as Selectable<Tables['api_keys']>), key }
  }

  async list({
    limit,
    cursor,
    memberId,
  }: {
    limit: number
    cursor?: string | undefined
    memberId?: string | undefined
  }): Promise<ApiKeyList> {
    let query = this.#database.read
      .selectFrom('api_keys')
      .selectAll()
      .orderBy('id')
      .limit(limit + 1)
    if (memberId !== undefined) query = query.where('member_id', '=', memberId)
    if (cursor !== undefined) query = query.where('id', '>', readIdCursor(cursor, 'keys'))
    const rows = await query.execute()
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return { keys: page.map(toApiKey), ...(rows.length > limit && last ? { cursor: encodeCursor({ id: last.id }, 'keys') } : {}) }
  }

  /** Ends a key at once; again does no harm. @throws {ServerError} `EDUFED_KEY_NOT_FOUND` */
  async revoke(id: string): Promise<ApiKey> {
    const found = await this.#database.read.selectFrom('api_keys').select('id').where('id', '=', id).executeTakeFirst()
    if (!found) throw new ServerError('EDUFED_KEY_NOT_FOUND', `No API key has the id ${id}`)
    await this.#database.write
      .updateTable('api_keys')
      .set({ revoked_at: this.#now().toISOString() })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .execute()
    const row = await this.#database.read.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    this.#directory.forget(row.digest)
    return toApiKey(row)
  }

  async #check(input: ApiKeyInput): Promise<void> {
    const errors = []
    if (input.scopes.includes('admin') && (input.memberId !== undefined || input.sourceIds !== undefined)) {
      errors.push({
        path: '/scopes',
        message: 'admin may do everything, so it cannot be kept to a member or to sources',
        fix: 'Name the scopes needed',
      })
    }
    if (input.expiresAt && new Date(input.expiresAt) <= this.#now()) {
      errors.push({ path: '/expiresAt', message: 'lies in the past', fix: 'Give a later time, or leave it out' })
    }
    if (input.memberId !== undefined) {
      const member = await this.#database.read.selectFrom('members').select('id').where('id', '=', input.memberId).executeTakeFirst()
      if (!member)
        errors.push({
          path: '/memberId',
          message: `no member has the id ${input.memberId}`,
          fix: 'List the members with GET /api/v1/members',
        })
    }
    if (errors.length > 0) throw new ServerError('EDUFED_REQUEST_INVALID', 'The key cannot be made like this', { errors })
  }
}

function toApiKey(row: Selectable<Tables['api_keys']>): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: JSON.parse(row.scopes_json) as ApiKeyScope[],
    ...(row.member_id === null ? {} : { memberId: row.member_id }),
    ...(row.source_ids_json === null ? {} : { sourceIds: JSON.parse(row.source_ids_json) as string[] }),
    ...(row.max_upload_bytes === null ? {} : { maxUploadBytes: Number(row.max_upload_bytes) }),
    createdAt: row.created_at,
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  }
}
