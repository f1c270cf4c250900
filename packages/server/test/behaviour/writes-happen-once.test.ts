import type { Problem } from '@edufed/sdk/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'
import { createDatabasePlace, databaseEngines, type TestDatabasePlace } from '../support/database.js'

let test: TestApp
let place: TestDatabasePlace
let time: number

const create = (key: string | undefined, payload: object, url = '/api/v1/members') =>
  test.app.inject({ method: 'POST', url, headers: { ...test.admin, ...(key === undefined ? {} : { 'idempotency-key': key }) }, payload })
const member = (name: string) => ({ name, level: 'school' })

describe.each(databaseEngines)('a write with an Idempotency-Key, on $title', ({ engine, isSkipped }) => {
  beforeAll(async () => {
    if (isSkipped) return
    time = Date.parse('2026-03-01T00:00:00Z')
    place = await createDatabasePlace(engine)
    const env: Record<string, string> = engine === 'postgres' ? { DATABASE_URL: place.address } : {}
    test = await buildTestApp({ now: () => new Date(time), env })
  }, 60_000)
  afterAll(async () => {
    if (isSkipped) return
    await test.close()
    await place.remove()
  })

  it.skipIf(isSkipped)('happens once, and its answer is given again', async () => {
    const first = await create('k1', member('A'))
    const second = await create('k1', member('A'))
    expect([first.statusCode, second.statusCode]).toEqual([201, 201])
    expect(second.json()).toEqual(first.json())
    expect([first.headers['idempotency-replayed'], second.headers['idempotency-replayed']]).toEqual([undefined, 'true'])
    expect([second.headers.location, second.headers.etag, second.headers['content-type']]).toEqual([
      first.headers.location,
      first.headers.etag,
      first.headers['content-type'],
    ])
    const rows = await test.adapters.database.read.selectFrom('members').selectAll().where('name', '=', 'A').execute()
    expect(rows).toHaveLength(1)
  })

  it.skipIf(isSkipped)('gives a refusal again too', async () => {
    await create(undefined, { ...member('taken'), id: 'taken' })
    const first = await create('k2', { ...member('B'), id: 'taken' })
    const second = await create('k2', { ...member('B'), id: 'taken' })
    expect([first.statusCode, second.statusCode]).toEqual([409, 409])
    expect(second.json<Problem>().code).toBe('EDUFED_MEMBER_EXISTS')
    expect(second.headers['content-type']).toContain('application/problem+json')
  })

  it.skipIf(isSkipped)('is refused when the key was used for another request', async () => {
    await create('k3', member('C'))
    const other = await create('k3', member('D'))
    expect([other.statusCode, other.json<Problem>().code]).toEqual([409, 'EDUFED_IDEMPOTENCY_KEY_REUSED'])
  })

  it.skipIf(isSkipped)('happens once however many send it at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => create('k4', member('E'))))
    const codes = answers.map((answer) => (answer.statusCode === 201 ? 201 : answer.json<Problem>().code))
    expect(new Set(codes)).toEqual(
      new Set(codes.includes('EDUFED_IDEMPOTENCY_IN_PROGRESS') ? [201, 'EDUFED_IDEMPOTENCY_IN_PROGRESS'] : [201]),
    )
    const waiting = answers.find((answer) => answer.statusCode === 409)
    if (waiting) expect(waiting.headers['retry-after']).toBe('1')
    const rows = await test.adapters.database.read.selectFrom('members').selectAll().where('name', '=', 'E').execute()
    expect(rows).toHaveLength(1)
  })

  it.skipIf(isSkipped)('makes one API key, whose secret is not kept to be shown again', async () => {
    const payload = { name: 'once', scopes: ['read'] }
    const first = await create('k5', payload, '/api/v1/keys')
    const second = await create('k5', payload, '/api/v1/keys')
    expect([first.statusCode, second.json<Problem>().code]).toEqual([201, 'EDUFED_IDEMPOTENCY_NOT_REPLAYABLE'])
    const rows = await test.adapters.database.read.selectFrom('idempotency_keys').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(first.json<{ key: string }>().key)
  })

  it.skipIf(isSkipped)('may be repeated after its process died on the way, and after a day', async () => {
    const old = {
      api_key_id: 'bootstrap-administrator',
      idempotency_key: 'k6',
      request_digest: 'x',
      status: null,
      headers_json: null,
      body: null,
    }
    await test.adapters.database.write
      .insertInto('idempotency_keys')
      .values({ ...old, created_at: new Date(time).toISOString() })
      .execute()
    expect((await create('k6', member('F'))).json<Problem>().code).toBe('EDUFED_IDEMPOTENCY_KEY_REUSED')
    time += 6 * 60_000
    expect((await create('k6', member('F'))).statusCode).toBe(201)
    time += 25 * 3_600_000
    expect((await create('k6', member('G'))).statusCode).toBe(201)
    const rows = await test.adapters.database.read.selectFrom('idempotency_keys').select('idempotency_key').execute()
    expect(rows).toEqual([{ idempotency_key: 'k6' }])
  })

  it.skipIf(isSkipped)('must have a key that fits', async () => {
    expect((await create('x'.repeat(201), member('H'))).json<Problem>().code).toBe('EDUFED_IDEMPOTENCY_KEY_INVALID')
  })
})
