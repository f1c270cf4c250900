import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Kysely } from 'kysely'
import type { Database } from '../../database/database.js'
import type { Tables } from '../../database/tables.js'
import type { RawResponseWrite } from '../catalog-store.js'

const compress = promisify(gzip)
const decompress = promisify(gunzip)

/** Keeps the answers of one page; bytes that are there already are not kept again. @returns Their SHA-256 digests. */
export async function keepRaw(
  database: Database,
  page: { harvestId: string; page: number; responses: readonly RawResponseWrite[]; now: Date },
): Promise<string[]> {
  const digests = page.responses.map(({ body }) => createHash('sha256').update(body).digest('hex'))
  if (digests.length === 0) return []
  const known = await database.read.selectFrom('raw_responses').select('digest').where('digest', 'in', digests).execute()
  const unknown = new Map(page.responses.map((response, part) => [digests[part]!, response]))
  for (const { digest } of known) unknown.delete(digest)
  const bodies = new Map<string, Uint8Array>()
  for (const [digest, { body }] of unknown) bodies.set(digest, await compress(body))
  await database.transaction(async (transaction) => {
    for (const [digest, { mediaType, body }] of unknown) {
      await transaction
        .insertInto('raw_responses')
        .values({ digest, media_type: mediaType, size: body.byteLength, body: bodies.get(digest)!, first_seen_at: page.now.toISOString() })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    // A page that is taken again after a crash replaces what it left.
    await transaction.deleteFrom('harvest_pages').where('harvest_id', '=', page.harvestId).where('page', '=', page.page).execute()
    await transaction
      .insertInto('harvest_pages')
      .values(
        page.responses.map(({ url, retrievedAt }, part) => ({
          harvest_id: page.harvestId,
          page: page.page,
          part,
          url,
          digest: digests[part]!,
          retrieved_at: retrievedAt,
        })),
      )
      .execute()
  })
  return digests
}

/** The answers of a harvest in order, one in memory at a time. */
export async function* readRaw(
  db: Kysely<Tables>,
  harvestId: string,
  { isLastFirst = false }: { isLastFirst?: boolean } = {},
): AsyncGenerator<RawResponseWrite> {
  const [before, direction] = isLastFirst ? (['<', 'desc'] as const) : (['>', 'asc'] as const)
  let position = isLastFirst ? { page: 2 ** 31 - 1, part: 2 ** 31 - 1 } : { page: -1, part: -1 }
  for (;;) {
    const row = await db
      .selectFrom('harvest_pages')
      .innerJoin('raw_responses', 'raw_responses.digest', 'harvest_pages.digest')
      .select(['page', 'part', 'url', 'retrieved_at', 'media_type', 'body'])
      .where('harvest_id', '=', harvestId)
      .where(({ eb, refTuple, tuple }) => eb(refTuple('page', 'part'), before, tuple(position.page, position.part)))
      .orderBy('page', direction)
      .orderBy('part', direction)
      .limit(1)
      .executeTakeFirst()
    if (!row) return
    position = row
    yield { url: row.url, mediaType: row.media_type, retrievedAt: row.retrieved_at, body: await decompress(row.body) }
  }
}
