import type { CreatedApiKey, Problem } from '@edufed/sdk/schemas'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'

let test: TestApp
let time = new Date('2026-03-01T00:00:00Z')
beforeAll(async () => {
  test = await buildTestApp({ now: () => time })
  for (const id of ['north', 'south']) {
    await post('/api/v1/members', { id, name: id, level: 'school', region: '140100' })
    await post('/api/v1/sources', { id: `${id}-push`, name: id, kind: 'push', level: 'school', memberId: id })
  }
}, 60_000)
afterAll(() => test.close())

async function post(url: string, payload: object) {
  const answer = await test.app.inject({ method: 'POST', url, headers: test.admin, payload })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer
}

async function createKey(input: object): Promise<CreatedApiKey & { headers: { authorization: string } }> {
  const key = (await post('/api/v1/keys', { name: 'test', ...input })).json<CreatedApiKey>()
  return { ...key, headers: { authorization: `Bearer ${key.key}` } }
}

async function codeOf(request: InjectOptions | string): Promise<string | number> {
  const answer = await test.app.inject(request)
  return answer.statusCode < 400 ? answer.statusCode : answer.json<Problem>().code
}

const draft = { name: { 'zh-Hans': '静夜思' } }
const write = (source: string, headers: object) =>
  codeOf({ method: 'PUT', url: `/api/v1/sources/${source}/records/1`, headers: headers as Record<string, string>, payload: draft })

describe('an API key', () => {
  it('is shown once and kept as a digest only', async () => {
    const { key, id, prefix } = await createKey({ scopes: ['records:write'] })
    expect(key).toMatch(/^edufed_[0-9A-Za-z]{33}$/)
    expect(key.startsWith(prefix)).toBe(true)
    const list = await test.app.inject({ url: '/api/v1/keys?limit=200', headers: test.admin })
    expect(list.body).toContain(id)
    expect(list.body).not.toContain(key)
    const rows = await test.adapters.database.read.selectFrom('api_keys').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(key)
  })

  it('is needed to write, and must have the scope', async () => {
    const reader = await createKey({ scopes: ['read'] })
    expect(await write('north-push', {})).toBe('EDUFED_AUTHENTICATION_REQUIRED')
    expect(await write('north-push', reader.headers)).toBe('EDUFED_SCOPE_MISSING')
    expect(await codeOf({ url: '/api/v1/members', headers: reader.headers })).toBe('EDUFED_SCOPE_MISSING')
    const refused = await test.app.inject({ method: 'DELETE', url: '/api/v1/keys/x' })
    expect(refused.headers['www-authenticate']).toContain('Bearer')
  })

  it("of a member writes to the member's sources only, and to those that it names", async () => {
    const north = await createKey({ scopes: ['records:write'], memberId: 'north' })
    expect(await write('north-push', north.headers)).toBe(201)
    expect(await write('south-push', north.headers)).toBe('EDUFED_SOURCE_FORBIDDEN')
    const named = await createKey({ scopes: ['records:write'], sourceIds: ['south-push'] })
    expect(await write('south-push', named.headers)).toBe(201)
    expect(await write('north-push', named.headers)).toBe('EDUFED_SOURCE_FORBIDDEN')
    expect(await write('nowhere', named.headers)).toBe('EDUFED_SOURCE_NOT_FOUND')
  })

  it('is refused at once when it is revoked, and when it has expired', async () => {
    const key = await createKey({ scopes: ['records:write'], expiresAt: '2026-03-02T00:00:00Z' })
    const other = await createKey({ scopes: ['records:write'] })
    expect([await write('north-push', key.headers), await write('north-push', other.headers)]).toEqual([200, 200])
    await test.app.inject({ method: 'DELETE', url: `/api/v1/keys/${other.id}`, headers: test.admin })
    expect(await write('north-push', other.headers)).toBe('EDUFED_API_KEY_INVALID')
    time = new Date('2026-03-02T00:00:01Z')
    expect(await write('north-push', key.headers)).toBe('EDUFED_API_KEY_INVALID')
  })

  it.each(['Bearer edufed_unknown', 'Basic dXNlcjpwYXNz', 'Bearer', 'Bearer a b', `Bearer ${'x'.repeat(500)}`])(
    'that is wrong (%s) is refused also where none is needed',
    async (authorization) => {
      expect(await codeOf({ url: '/api/v1/changes', headers: { authorization } })).toBe('EDUFED_API_KEY_INVALID')
    },
  )

  it('cannot be made to reach further than its member, to belong to nobody, or to be over before it begins', async () => {
    const bad = { name: 'x', scopes: ['admin'], memberId: 'nobody-here', expiresAt: '2020-01-01T00:00:00Z' }
    const answer = await test.app.inject({ method: 'POST', url: '/api/v1/keys', headers: test.admin, payload: bad })
    expect(answer.json<Problem>().errors?.map(({ path }) => path)).toEqual(['/scopes', '/expiresAt', '/memberId'])
  })

  it('tells when it was last used', async () => {
    const key = await createKey({ scopes: ['read'] })
    await test.app.inject({ url: '/api/v1/changes', headers: key.headers })
    await expect
      .poll(async () => {
        const row = await test.adapters.database.read
          .selectFrom('api_keys')
          .select('last_used_at')
          .where('id', '=', key.id)
          .executeTakeFirst()
        return row?.last_used_at
      })
      .toBe(time.toISOString())
  })

  it('pages through all keys exactly once', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const url: string = `/api/v1/keys?limit=2${cursor ? `&cursor=${cursor}` : ''}`
      const page = (await test.app.inject({ url, headers: test.admin })).json<{ keys: { id: string }[]; cursor?: string }>()
      seen.push(...page.keys.map(({ id }) => id))
      cursor = page.cursor
    } while (cursor)
    const rows = await test.adapters.database.read.selectFrom('api_keys').select('id').execute()
    expect(seen.length).toBe(rows.length)
    expect(new Set(seen)).toEqual(new Set(rows.map(({ id }) => id)))
  })
})

describe('a private node', () => {
  it('asks for a key to read, and shows nothing to strangers', async () => {
    const node = await buildTestApp({ env: { EDUFED_PRIVATE: 'true' } })
    try {
      await node.app.inject({
        method: 'POST',
        url: '/api/v1/sources',
        headers: node.admin,
        payload: { id: 's', name: 's', kind: 'push', level: 'school' },
      })
      await node.app.inject({ method: 'PUT', url: '/api/v1/sources/s/records/1', headers: node.admin, payload: draft })
      const id = encodeURIComponent('urn:edufed:s:1')
      for (const url of ['/api/v1/search', '/api/v1/changes', `/api/v1/resources/${id}`, '/metrics']) {
        expect((await node.app.inject(url)).statusCode, url).toBe(401)
        expect((await node.app.inject({ url, headers: node.admin })).statusCode, url).toBe(200)
      }
      expect((await node.app.inject(`/resources/${id}`)).statusCode).toBe(404)
      expect((await node.app.inject({ url: `/resources/${id}`, headers: node.admin })).statusCode).toBe(200)
      expect((await node.app.inject('/healthz')).statusCode).toBe(200)
    } finally {
      await node.close()
    }
  })
})
