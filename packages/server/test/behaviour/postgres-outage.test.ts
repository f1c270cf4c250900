import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openPostgresDatabase } from '../../src/database/postgres/open-postgres-database.js'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'
import { type CuttableProxy, startCuttableProxy } from '../support/cuttable-proxy.js'
import { createDatabasePlace, databaseEngines, type TestDatabasePlace } from '../support/database.js'

const { title, isSkipped } = databaseEngines[1]!

describe.skipIf(isSkipped)(`while ${title} is away`, () => {
  let place: TestDatabasePlace
  let proxy: CuttableProxy
  let node: TestApp | undefined
  let url: string

  beforeEach(async () => {
    place = await createDatabasePlace('postgres')
    proxy = await startCuttableProxy(place.address.replace(/^postgres:/, 'http:'))
    url = place.address.replace(/@[^/]+/, `@${new URL(proxy.url).host}`)
  })
  afterEach(async () => {
    await proxy.restore()
    await node?.close()
    node = undefined
    await proxy.close()
    await place.remove()
  })

  it('answers 503 with a stable code and when to come again, names it in /readyz, and goes on when it is back', async () => {
    node = await buildTestApp({ env: { DATABASE_URL: url } })
    const { app, admin } = node
    const call = (method: 'GET' | 'POST' | 'PUT', address: string, payload?: object) =>
      app.inject({ method, url: address, headers: admin, ...(payload ? { payload } : {}) })
    const made = await call('POST', '/api/v1/sources', { id: 'school', name: 'School', kind: 'push', level: 'school' })
    expect(made.statusCode, made.body).toBe(201)
    const put = (identifier: string) => call('PUT', `/api/v1/sources/school/records/${identifier}`, { name: { 'zh-Hans': '勾股定理' } })
    expect((await put('before')).statusCode).toBe(201)
    const ready = await call('GET', '/readyz')
    expect(ready.statusCode, ready.body).toBe(200)

    await proxy.cut()
    const answers = [
      await call('GET', '/api/v1/sources'),
      await call('GET', '/api/v1/resources/urn%3Aedufed%3Aschool%3Abefore'),
      await put('while'),
      await app.inject({ url: '/api/v1/keys', headers: { authorization: 'Bearer edufed_some-key-that-nobody-has-seen-before' } }),
      await call('GET', '/api/v1/changes'),
    ]
    for (const answer of answers) {
      expect([answer.statusCode, answer.headers['retry-after'], answer.json()]).toEqual([
        503,
        '5',
        expect.objectContaining({ code: 'EDUFED_DATABASE_UNAVAILABLE', detail: expect.stringContaining('PostgreSQL') }),
      ])
      expect(answer.body).not.toContain('127.0.0.1')
    }
    const notReady = await call('GET', '/readyz')
    expect(notReady.statusCode).toBe(503)
    expect(notReady.json().checks).toContainEqual({ name: 'database', isReady: false, detail: expect.stringContaining('PostgreSQL') })
    expect((await call('GET', '/healthz')).statusCode).toBe(200)

    await proxy.restore()
    expect((await put('after')).statusCode).toBe(201)
    await expect.poll(async () => (await call('GET', '/readyz')).statusCode, { timeout: 15_000 }).toBe(200)
    await node.indexed()
    const found = await call('GET', '/api/v1/search?q=勾股定理')
    expect(found.json().total).toBe(2)
  }, 60_000)

  it('gives up on a server that takes a query and never answers, and uses another connection afterwards', async () => {
    const database = await openPostgresDatabase({ url, readTimeoutMs: 300 })
    try {
      await database.migrate()
      const read = () => database.read.selectFrom('node_meta').select('key').execute()
      const unavailable = { code: 'EDUFED_DATABASE_UNAVAILABLE' }
      await expect(sql`select pg_sleep(60)`.execute(database.read)).rejects.toMatchObject(unavailable)
      expect(await read()).not.toEqual([])
      proxy.silence()
      await expect(read()).rejects.toMatchObject(unavailable)
      await proxy.restore()
      expect(await read()).not.toEqual([])
    } finally {
      await database.close()
    }
  })

  it('says at the start that it cannot be used', async () => {
    await proxy.cut()
    await expect(buildTestApp({ env: { DATABASE_URL: url } })).rejects.toMatchObject({ code: 'EDUFED_DATABASE_UNAVAILABLE' })
  })
})
