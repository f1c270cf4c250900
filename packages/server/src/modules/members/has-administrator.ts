import type { Database } from '../../database/database.js'

/** True when a key that may do everything is valid. */
export async function hasAdministrator(database: Database): Promise<boolean> {
  const rows = await database.read
    .selectFrom('api_keys')
    .select(['scopes_json', 'expires_at'])
    .where('revoked_at', 'is', null)
    .where('member_id', 'is', null)
    .execute()
  return rows.some(
    ({ scopes_json, expires_at }) =>
      (JSON.parse(scopes_json) as string[]).includes('admin') && (expires_at === null || new Date(expires_at) > new Date()),
  )
}
