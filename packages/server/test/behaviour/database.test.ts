import { fork } from 'node:child_process'
import { once } from 'node:events'
import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/database.js'
import { createDatabasePlace, databaseEngines, openTestDatabase, type TestDatabasePlace } from '../support/database.js'

const open: { close(): Promise<void> }[] = []
const places: TestDatabasePlace[] = []

afterEach(async () => {
  for (const database of open.splice(0)) await database.close()
  for (const place of places.splice(0)) await place.remove()
})

async function aPlace(engine: Database['engine']): Promise<TestDatabasePlace> {
  const place = await createDatabasePlace(engine)
  places.push(place)
  return place
}

async function aDatabase(engine: Database['engine']): Promise<Database> {
  const database = await openTestDatabase(engine)
  open.push(database)
  return database
}

const sourceRow = (id: string) => ({
  id,
  name: 'A source',
  kind: 'push',
  settings_json: '{}',
  level: 'school',
  default_scope: 'public',
  is_enabled: 1,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
})

describe.each(databaseEngines)('a database on $title', ({ engine, isSkipped }) => {
  describe.skipIf(isSkipped)('that is open', () => {
    it('gives bytes, large integers, texts of any script and nulls back as they were', async () => {
      const database = await aDatabase(engine)
      const body = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256)
      const row = { digest: 'd', media_type: 'ماتېماتىكا བོད 二次方程 𠮷', size: 2 ** 52 + 1, body, first_seen_at: '' }
      await database.write.insertInto('raw_responses').values(row).execute()
      const read = await database.read.selectFrom('raw_responses').selectAll().executeTakeFirstOrThrow()
      expect({ ...read, body: new Uint8Array(read.body) }).toEqual(row)
      const empty = new Uint8Array([1, 2, 3, 4]).subarray(2, 2)
      await database.write
        .insertInto('raw_responses')
        .values({ ...row, digest: 'e', body: empty })
        .execute()
      const second = await database.read.selectFrom('raw_responses').select('body').where('digest', '=', 'e').executeTakeFirstOrThrow()
      expect(second.body.byteLength).toBe(0)
      const job = await database.read.selectNoFrom([sql<null>`null`.as('nothing')]).executeTakeFirstOrThrow()
      expect(job.nothing).toBeNull()
    })

    it('counts as numbers, and says how many rows a statement changed', async () => {
      const database = await aDatabase(engine)
      await database.write
        .insertInto('sources')
        .values([sourceRow('a'), sourceRow('b')])
        .execute()
      const count = await database.read
        .selectFrom('sources')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      expect(count.n).toBe(2)
      const update = await database.write.updateTable('sources').set({ name: 'B' }).where('id', '>', 'a').executeTakeFirstOrThrow()
      expect(update.numUpdatedRows).toBe(1n)
      const ignored = await database.write
        .insertInto('sources')
        .values(sourceRow('a'))
        .onConflict((c) => c.doNothing())
        .executeTakeFirstOrThrow()
      expect(ignored.numInsertedOrUpdatedRows).toBe(0n)
    })

    it('keeps nothing of a transaction that throws', async () => {
      const database = await aDatabase(engine)
      const failing = database.transaction(async (transaction) => {
        await transaction.insertInto('sources').values(sourceRow('a')).execute()
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      const broken = database.transaction(async (transaction) => {
        await transaction.insertInto('sources').values(sourceRow('b')).execute()
        await transaction.insertInto('sources').values(sourceRow('b')).execute()
      })
      await expect(broken).rejects.toThrow(/unique|UNIQUE/)
      expect(await database.read.selectFrom('sources').select('id').execute()).toEqual([])
      await database.write.insertInto('sources').values(sourceRow('c')).execute()
      expect(await database.read.selectFrom('sources').select('id').execute()).toEqual([{ id: 'c' }])
    })

    it('reads while a transaction is open, and does not see what is not committed', async () => {
      const database = await aDatabase(engine)
      await database.transaction(async (transaction) => {
        await transaction.insertInto('sources').values(sourceRow('a')).execute()
        expect(await database.read.selectFrom('sources').select('id').execute()).toEqual([])
      })
      expect(await database.read.selectFrom('sources').select('id').execute()).toEqual([{ id: 'a' }])
    })

    it('gives each of many concurrent transactions the database to itself, in turn', async () => {
      const database = await aDatabase(engine)
      await database.write.insertInto('leases').values({ name: 'n', owner: '0', leased_until: '' }).execute()
      const increment = () =>
        database.transaction(async (transaction) => {
          const query = transaction.selectFrom('leases').select('owner').where('name', '=', 'n')
          const { owner } = await (engine === 'postgres' ? query.forUpdate() : query).executeTakeFirstOrThrow()
          await transaction
            .updateTable('leases')
            .set({ owner: String(Number(owner) + 1) })
            .where('name', '=', 'n')
            .execute()
        })
      await Promise.all(Array.from({ length: 50 }, increment))
      expect(await database.read.selectFrom('leases').select('owner').execute()).toEqual([{ owner: '50' }])
    })

    it('migrates once, also when several processes start at the same time', async () => {
      const place = await aPlace(engine)
      const databases = [await place.open()]
      if (engine === 'postgres') databases.push(await place.open(), await place.open())
      open.push(...databases)
      const ran = await Promise.all(databases.map((database) => database.migrate()))
      expect(ran.flat()).toEqual(['001-initial-tables', '002-harvest-reports', '003-source-conformity', '004-popular-queries'])
      expect(await databases[0]!.migrate()).toEqual([])
      expect(await databases[0]!.read.selectFrom('node_meta').select('key').execute()).toEqual([{ key: 'epoch' }])
    })
  })
})

describe('an SQLite file', () => {
  it('takes booleans and undefined as parameters without harm', async () => {
    const database = await aDatabase('sqlite')
    const row = await database.read
      .selectNoFrom([sql<number>`${true}`.as('yes'), sql<null>`${undefined}`.as('nothing')])
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ yes: 1, nothing: null })
    await expect(sql`select ${{ an: 'object' }}`.execute(database.read)).rejects.toThrow('cannot be a parameter')
  })

  it('is refused to a second opener, which learns who has it and what to do', async () => {
    const place = await aPlace('sqlite')
    const first = await place.open()
    await expect(place.open()).rejects.toMatchObject({ code: 'EDUFED_DATABASE_LOCKED', message: expect.stringContaining(place.address) })
    await first.close()
    open.push(await place.open())
  })

  it('is refused to a second process while the first lives, and free at once when that is killed', async () => {
    const place = await aPlace('sqlite')
    const child = fork(new URL('../support/hold-database.ts', import.meta.url), [place.address], {
      execArgv: ['--import', 'tsx', '--conditions=@edufed/source'],
    })
    await once(child, 'message')
    await expect(place.open()).rejects.toMatchObject({
      code: 'EDUFED_DATABASE_LOCKED',
      message: expect.stringContaining(`Process ${child.pid} has ${place.address} open since`),
    })
    child.kill('SIGKILL')
    await once(child, 'exit')
    open.push(await place.open())
  })
})

describe.skipIf(databaseEngines[1]!.isSkipped)('a PostgreSQL database', () => {
  it('answers again after all its connections were cut', async () => {
    const database = await aDatabase('postgres')
    await database.read.selectFrom('sources').select('id').execute()
    const cut = sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
    await cut.execute(database.write)
    await expect.poll(() => database.read.selectFrom('sources').select('id').execute(), { timeout: 5_000 }).toEqual([])
  })
})
