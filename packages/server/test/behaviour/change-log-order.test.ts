import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSqlCatalogStore } from '../../src/catalog/sql-catalog-store.js'
import { aRecord } from '../support/a-record.js'
import { createDatabasePlace, databaseEngines } from '../support/database.js'

describe.each(databaseEngines)('the change log on $title', ({ engine, isSkipped }) => {
  it.skipIf(isSkipped)('shows a reader at a cursor every change, however many write at the same time', { timeout: 120_000 }, async () => {
    const place = await createDatabasePlace(engine)
    const databases = [await place.open()]
    await databases[0]!.migrate()
    // On PostgreSQL each writer has connections of its own, as another process would.
    if (engine === 'postgres') for (let count = 0; count < 3; count++) databases.push(await place.open())
    const stores = databases.map((database) => createSqlCatalogStore(database))
    const reader = stores[0]!
    let run = 0

    const writer = fc.array(
      fc.record({ size: fc.integer({ min: 1, max: 40 }), isShared: fc.boolean(), pause: fc.integer({ min: 0, max: 3 }) }),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(writer, { minLength: 2, maxLength: 8 }), fc.integer({ min: 1, max: 50 }), async (writers, pageSize) => {
        run++
        const from = await reader.lastSequence()
        let isWriting = true
        const write = async (batches: { size: number; isShared: boolean; pause: number }[], index: number) => {
          for (const [batch, { size, isShared, pause }] of batches.entries()) {
            const name = isShared ? `run${run}-shared` : `run${run}-${index}-${batch}`
            const records = Array.from({ length: size }, (_, record) => aRecord(`${name}-${record}`, { text: `${index}.${batch}` }))
            await stores[index % stores.length]!.writeRecords(records)
            for (let turn = 0; turn < pause; turn++) await new Promise((resolve) => setImmediate(resolve))
          }
        }
        const followed = (async () => {
          const seen: number[] = []
          for (let after = from; ; ) {
            const wasWriting = isWriting
            const page = await reader.scanChanges({ after, limit: pageSize })
            seen.push(...page.map((change) => change.sequence))
            after = page.at(-1)?.sequence ?? after
            if (page.length === 0 && !wasWriting) return seen
          }
        })()
        await Promise.all(writers.map(write))
        isWriting = false
        const all = await reader.scanChanges({ after: from, limit: 1_000_000 })
        expect(await followed).toEqual(all.map((change) => change.sequence))
        // Each resource's versions come in order, one a change.
        const versions = new Map<string, number>()
        for (const change of all) {
          expect(change.version).toBe((versions.get(change.resourceId) ?? 0) + 1)
          versions.set(change.resourceId, change.version)
        }
      }),
      { numRuns: engine === 'postgres' ? 15 : 8 },
    )
    await Promise.all(databases.map((database) => database.close()))
    await place.remove()
  })
})
