import { fork } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createSqlCatalogStore } from '../../src/catalog/sql-catalog-store.js'
import { createDatabasePlace, databaseEngines } from '../support/database.js'

describe.each(databaseEngines)('a server on $title that is killed while it writes', ({ engine, isSkipped }) => {
  it.skipIf(isSkipped)('loses no acknowledged record and leaves no half batch', { timeout: 120_000 }, async () => {
    const place = await createDatabasePlace(engine)
    const acknowledged: string[] = []
    const first = await place.open()
    await first.migrate()
    await first.close()
    for (let run = 0; run < 3; run++) {
      const child = fork(new URL('../support/write-until-killed.ts', import.meta.url), [engine, place.address, `run${run}`], {
        execArgv: ['--import', 'tsx', '--conditions=@edufed/source'],
      })
      child.on('message', (name: string) => acknowledged.push(name))
      await once(child, 'message')
      const wanted = acknowledged.length + 3 + run
      while (acknowledged.length < wanted) await once(child, 'message')
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    const database = await place.open()
    const rows = await database.read.selectFrom('records').select('identifier').execute()
    const sizes = new Map<string, number>()
    for (const { identifier } of rows) {
      const batch = identifier.slice(0, identifier.lastIndexOf('-'))
      sizes.set(batch, (sizes.get(batch) ?? 0) + 1)
    }
    expect(acknowledged.filter((name) => sizes.get(name) !== 200)).toEqual([])
    expect([...sizes.values()].every((size) => size === 200)).toBe(true)
    const catalog = createSqlCatalogStore(database)
    const changes = await catalog.scanChanges({ after: 0, limit: 1_000_000 })
    expect(changes).toHaveLength(rows.length)
    expect(await catalog.countRecords(['school'])).toEqual(new Map([['school', rows.length]]))
    await database.close()
    await place.remove()
  })
})
