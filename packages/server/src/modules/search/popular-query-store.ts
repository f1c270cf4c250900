import type { Database } from '../../database/database.js'

/** How often a query was of use to readers of a language. */
export interface QueryUses {
  language: string
  text: string
  uses: number
}

const rowsAtOnce = 200

/** The table of popular queries, which several processes of a node may add to. */
export class PopularQueryStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Adds to what is counted already. */
  async add(counts: readonly QueryUses[], at: string): Promise<void> {
    // In one order, so that two processes that add the same queries do not wait for each other for ever.
    const rows = counts
      .map((row) => ({ ...row, last_used_at: at }))
      .sort((a, b) => (a.language === b.language ? (a.text < b.text ? -1 : 1) : a.language < b.language ? -1 : 1))
    await this.#database.transaction(async (transaction) => {
      for (let from = 0; from < rows.length; from += rowsAtOnce) {
        await transaction
          .insertInto('popular_queries')
          .values(rows.slice(from, from + rowsAtOnce))
          .onConflict((conflict) =>
            conflict.columns(['language', 'text']).doUpdateSet((update) => ({
              uses: update('popular_queries.uses', '+', update.ref('excluded.uses')),
              last_used_at: update.ref('excluded.last_used_at'),
            })),
          )
          .execute()
      }
    })
  }

  /** The queries of a language that were of use most often. */
  async list(language: string, { leastUses, limit }: { leastUses: number; limit: number }): Promise<QueryUses[]> {
    return await this.#database.read
      .selectFrom('popular_queries')
      .select(['language', 'text', 'uses'])
      .where('language', '=', language)
      .where('uses', '>=', leastUses)
      .orderBy('uses', 'desc')
      .orderBy('text')
      .limit(limit)
      .execute()
  }

  /** Forgets what was not used since a time, and of the rest all but the most used. */
  async prune({ usedSince, keep }: { usedSince: string; keep: number }): Promise<void> {
    const { write } = this.#database
    await write.deleteFrom('popular_queries').where('last_used_at', '<', usedSince).execute()
    const excess = await this.#database.read
      .selectFrom('popular_queries')
      .select(['language', 'text'])
      .orderBy('uses', 'desc')
      .orderBy('last_used_at', 'desc')
      .orderBy('language')
      .orderBy('text')
      .limit(1_000_000)
      .offset(keep)
      .execute()
    for (const { language, text } of excess)
      await write.deleteFrom('popular_queries').where('language', '=', language).where('text', '=', text).execute()
  }
}
