import Type from 'typebox'
import type { Database } from '../../database/database.js'
import { IndexVerification } from '../../search/index-verification.js'

const Time = Type.String({ format: 'date-time' })

/** How the comparison of the search index with the catalogue stands, and what the last one came to. */
export const Verification = Type.Object(
  {
    state: Type.Enum(['idle', 'queued', 'running', 'completed', 'failed']),
    startedAt: Type.Optional(Time),
    finishedAt: Type.Optional(Time),
    error: Type.Optional(Type.String()),
    last: Type.Optional(IndexVerification),
    lastAt: Type.Optional(Time),
  },
  { additionalProperties: false },
)
export type Verification = Type.Static<typeof Verification>

const key = 'indexVerification'

/** The state of the verification as it is kept in the database, where all processes of a node see it. */
export interface KeptVerification {
  verification: Verification
  /** As it is kept; what it is compared with when it is only replaced while nobody else has replaced it. */
  text: string | undefined
}

export async function readVerification({ read }: Database): Promise<KeptVerification> {
  const row = await read.selectFrom('node_meta').select('value').where('key', '=', key).executeTakeFirst()
  const verification: Verification = row ? (JSON.parse(row.value) as Verification) : { state: 'idle' }
  const { last } = verification
  // What an older program found says nothing of contents.
  return { text: row?.value, verification: last ? { ...verification, last: { ...last, altered: last.altered ?? 0 } } : verification }
}

export async function writeVerification({ write }: Database, verification: Verification): Promise<void> {
  const value = JSON.stringify(verification)
  await write
    .insertInto('node_meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}

/** Writes only when what is kept is still what was read. */
export async function replaceVerification({ write }: Database, before: KeptVerification, verification: Verification): Promise<void> {
  const value = JSON.stringify(verification)
  if (before.text !== undefined) {
    await write.updateTable('node_meta').set({ value }).where('key', '=', key).where('value', '=', before.text).execute()
    return
  }
  await write
    .insertInto('node_meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
}
