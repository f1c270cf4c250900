import { afterEach, describe, expect, it } from 'vitest'
import type { SearchIndex } from '../../src/search/search-index.js'
import { buildTestApp, type TestApp, type TestAppOptions } from '../support/build-test-app.js'

const refused = { count: 1, examples: [{ id: 'urn:edufed:school.example:9', reason: 'immense term', at: '2026-01-01T00:00:00.000Z' }] }

describe('the search index is compared with the catalogue', { timeout: 60_000 }, () => {
  let server: TestApp
  afterEach(() => server.close())

  const start = async (options: TestAppOptions = {}) => {
    server = await buildTestApp(options)
    const source = { id: 'school', name: 'School', kind: 'push', level: 'school', authority: 'school.example' }
    await server.app.inject({ method: 'POST', url: '/api/v1/sources', headers: server.admin, payload: source })
    for (const identifier of ['1', '2', '3']) {
      const payload = { name: { en: `Lesson ${identifier}` }, url: `https://school.example/${identifier}` }
      const answer = await server.app.inject({
        method: 'PUT',
        url: `/api/v1/sources/school/records/${identifier}`,
        headers: server.admin,
        payload,
      })
      expect(answer.statusCode, answer.body).toBe(201)
    }
    await server.indexed()
  }
  const state = async () => (await server.app.inject({ url: '/api/v1/index', headers: server.admin })).json()
  const loseOne = async () => {
    const [entry] = await server.adapters.searchIndex.listEntries({}, { limit: 1 })
    await server.adapters.searchIndex.repair([{ type: 'delete', ...entry! }])
  }

  it('when an administrator asks for it, and tells what it found and healed', async () => {
    await start()
    expect(await state()).toMatchObject({ engine: 'sqlite', isAvailable: true, documents: 3, lag: 0, verification: { state: 'idle' } })
    await loseOne()
    const asked = await server.app.inject({ method: 'POST', url: '/api/v1/index/verification', headers: server.admin })
    expect([asked.statusCode, asked.json().state]).toEqual([202, expect.stringMatching(/queued|running|completed/)])
    await expect.poll(async () => (await state()).verification.state, { timeout: 15_000 }).toBe('completed')
    expect(await state()).toMatchObject({
      documents: 3,
      verification: {
        last: { outcome: 'healed', documents: 3, missing: 1, healed: 1, left: 0, examples: [{ kind: 'missing', isHealed: true }] },
      },
    })
    const { body } = await server.app.inject({ url: '/metrics', headers: server.admin })
    expect(body).toContain('edufed_index_differences{kind="missing"} 1')
    expect(body).toMatch(/edufed_index_verified_timestamp_seconds \d{10}/)
    expect(body).toContain('edufed_index_refused_documents 0')
  })

  it('by itself when the time has come, and not when it is told not to', async () => {
    // Each look at the clock is a quarter of an hour later.
    let looks = 0
    const now = () => new Date(Date.UTC(2026, 0, 1) + 15 * 60_000 * looks++)
    await start({ now, env: { EDUFED_INDEX_VERIFY_HOURS: '1' } })
    await expect.poll(async () => (await state()).verification.last?.outcome, { timeout: 15_000 }).toMatch(/same|rebuilt/)
    await server.close()
    await start({ now, env: { EDUFED_INDEX_VERIFY_HOURS: '0' } })
    expect((await state()).verification).toEqual({ state: 'idle' })
  })

  it('and shows what a program found that did not look into documents yet', async () => {
    await start()
    const counts = { documents: 3, missing: 0, stale: 0, surplus: 0, ahead: 0, pending: 0, healed: 0, left: 0, refused: 0 }
    const last = { engine: 'sqlite', outcome: 'same', ...counts, examples: [] }
    const value = JSON.stringify({ state: 'completed', last, lastAt: '2026-01-01T00:00:00.000Z' })
    await server.adapters.database.write.insertInto('node_meta').values({ key: 'indexVerification', value }).execute()
    expect((await state()).verification.last).toEqual({ ...last, altered: 0 })
  })

  it('not for keys that may only read', async () => {
    await start()
    for (const [method, url] of [
      ['GET', '/api/v1/index'],
      ['POST', '/api/v1/index/verification'],
    ] as const)
      expect((await server.app.inject({ method, url })).statusCode).toBe(401)
  })

  it('and what the engine refuses is shown with its reason', async () => {
    await start({
      replaceAdapters: ({ searchIndex }) => {
        const status: SearchIndex['status'] = async () => ({ ...(await searchIndex.status()), refused })
        return { searchIndex: new Proxy(searchIndex, { get: (target, name) => (name === 'status' ? status : bound(target, name)) }) }
      },
    })
    expect((await state()).refused).toEqual(refused)
    expect((await server.app.inject({ url: '/metrics', headers: server.admin })).body).toContain('edufed_index_refused_documents 1')
    const ready = (await server.app.inject({ url: '/readyz' })).json()
    expect(ready.checks).toContainEqual({ name: 'search', isReady: true, detail: expect.stringContaining('refuses 1 documents') })
  })
})

function bound(target: SearchIndex, name: string | symbol): unknown {
  const value = Reflect.get(target, name, target) as unknown
  return typeof value === 'function' ? value.bind(target) : value
}
