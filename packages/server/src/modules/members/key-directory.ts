import type { ApiKeyScope } from '@edufed/sdk/schemas'
import type { Database } from '../../database/database.js'
import type { KeyDirectory, KnownKey } from '../../plugins/authentication.js'

/** How long another process may go on to accept a key that was revoked here. */
const freshMs = 10_000
const largestCache = 10_000
const useNotedMs = 60_000

export interface CachedKeyDirectory extends KeyDirectory {
  forget(digest: string): void
}

/** Looks keys up in the database and remembers them for a few seconds; also that there is no such key. */
export function createKeyDirectory(options: {
  database: Database
  now: () => Date
  log: { error(context: object, message: string): void }
}): CachedKeyDirectory {
  const { database, now, log } = options
  const cache = new Map<string, { key: KnownKey | undefined; readAt: number }>()
  const usedAt = new Map<string, number>()

  return {
    async findByDigest(digest) {
      const cached = cache.get(digest)
      const time = now().getTime()
      if (cached && time - cached.readAt < freshMs) return cached.key
      const key = await readKey(database, digest)
      if (cache.size >= largestCache) cache.clear()
      cache.set(digest, { key, readAt: time })
      return key
    },
    markUsed(keyId) {
      const time = now().getTime()
      if (time - (usedAt.get(keyId) ?? 0) < useNotedMs) return
      usedAt.set(keyId, time)
      database.write
        .updateTable('api_keys')
        .set({ last_used_at: new Date(time).toISOString() })
        .where('id', '=', keyId)
        .execute()
        .catch((error: unknown) => log.error({ err: error, keyId }, 'could not note the use of an API key'))
    },
    forget(digest) {
      cache.delete(digest)
    },
  }
}

async function readKey(database: Database, digest: string): Promise<KnownKey | undefined> {
  const row = await database.read
    .selectFrom('api_keys')
    .leftJoin('members', 'members.id', 'api_keys.member_id')
    .selectAll('api_keys')
    .select('members.region as member_region')
    .where('api_keys.digest', '=', digest)
    .executeTakeFirst()
  if (!row) return undefined
  const memberId = row.member_id ?? undefined
  return {
    keyId: row.id,
    name: row.name,
    digest: row.digest,
    scopes: JSON.parse(row.scopes_json) as ApiKeyScope[],
    ...(memberId === undefined
      ? {}
      : { memberId, member: { id: memberId, ...(row.member_region === null ? {} : { region: row.member_region }) } }),
    ...(row.source_ids_json === null ? {} : { sourceIds: JSON.parse(row.source_ids_json) as string[] }),
    ...(row.max_upload_bytes === null ? {} : { maxUploadBytes: Number(row.max_upload_bytes) }),
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  }
}
