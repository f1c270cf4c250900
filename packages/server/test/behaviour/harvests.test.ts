import type { Harvest, Source } from '@edufed/sdk/schemas'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeOaiRecords } from '../../../harvester/test/support/oai-records.js'
import { type OaiServer, startOaiServer } from '../../../harvester/test/support/oai-server.js'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'
import { readEvents } from '../support/read-events.js'

let node: TestApp
let base: string
let platform: OaiServer

beforeAll(async () => {
  node = await buildTestApp({ env: { EDUFED_ALLOW_NETWORKS: '127.0.0.0/8' } })
  base = await node.listen()
})

afterAll(() => node.close())

beforeEach(async () => {
  platform = await startOaiServer()
})

afterEach(async () => {
  await platform.close()
  await node.app.inject({ method: 'DELETE', url: '/api/v1/sources/school?records=delete', headers: node.admin })
})

describe('a harvest of an OAI-PMH platform', () => {
  it('takes every record once and tells the counts', async () => {
    await addSource({})
    const harvest = await harvestToEnd('school')
    expect(harvest).toMatchObject({ state: 'completed', trigger: 'manual', mode: 'incremental' })
    expect(harvest.error).toBeUndefined()
    const { counts } = harvest
    expect(counts.taken).toBe(100)
    expect(counts.created).toBe(90)
    expect(counts.taken).toBe(counts.created + counts.updated + counts.unchanged + counts.deleted + counts.quarantined)
    expect(harvest.coverage).toMatchObject({ records: 90, name: 90, about: 90, url: 90, license: 0, description: 0 })
    const source = await get<Source>('/api/v1/sources/school')
    expect(source).toMatchObject({ recordCount: 90, authority: 'school.example' })
    await node.indexed()
    const found = await node.app.inject('/api/v1/search?q=quadratic&limit=1')
    expect(found.json().total).toBe(20)
  })

  it('changes nothing when it runs again in full', async () => {
    await addSource({})
    await harvestToEnd('school', 'full')
    const sequence = await node.adapters.catalog.lastSequence()
    const again = await harvestToEnd('school', 'full')
    expect(again.error).toBeUndefined()
    expect(again).toMatchObject({ state: 'completed', counts: { created: 0, updated: 0, taken: 100 } })
    expect(await node.adapters.catalog.lastSequence()).toBe(sequence)
  })

  it('shows its progress live as server-sent events until it ends', async () => {
    await addSource({})
    const { id } = await start('school')
    const events = await readEvents(`${base}/api/v1/sources/school/harvests/${id}`, node.admin)
    const harvests = events.filter((event) => event.event === 'harvest').map((event) => JSON.parse(event.data) as Harvest)
    expect(harvests.at(-1)).toMatchObject({ id, state: 'completed', counts: { taken: 100 } })
  })

  it('refuses a second one while the first is open', async () => {
    await addSource({ settings: { url: platform.url('hang') } })
    const { id } = await start('school')
    const second = await post('/api/v1/sources/school/harvests', {})
    expect(second.statusCode).toBe(409)
    expect(second.json()).toMatchObject({ code: 'EDUFED_HARVEST_OPEN' })
    await post(`/api/v1/sources/school/harvests/${id}/cancel`)
    expect(await ended('school', id)).toMatchObject({ state: 'cancelled' })
  })

  it('ends within two seconds when it is cancelled while the platform says nothing', async () => {
    await addSource({ settings: { url: platform.url('hang') } })
    const { id } = await start('school')
    await waitFor('school', id, (harvest) => harvest.counts.taken > 0 || harvest.pages > 0)
    const askedAt = performance.now()
    await post(`/api/v1/sources/school/harvests/${id}/cancel`)
    const harvest = await ended('school', id)
    expect(harvest.state).toBe('cancelled')
    expect(performance.now() - askedAt).toBeLessThan(2_000)
    const { counts } = harvest
    expect(counts.taken).toBe(counts.created + counts.updated + counts.unchanged + counts.deleted + counts.quarantined)
    expect((await get<Source>('/api/v1/sources/school')).recordCount).toBe(counts.created)
  })

  it('names cause and fix when the address answers with a web page', async () => {
    await addSource({ settings: { url: platform.url('web-page') } })
    const harvest = await harvestToEnd('school')
    expect(harvest.state).toBe('failed')
    expect(harvest.error).toMatchObject({ code: 'EDUFED_OAI_HTML' })
    expect(harvest.error?.detail).toContain('?verb=Identify')
  })

  it('holds a deletion that would take most records, until it is released', async () => {
    await addSource({})
    await harvestToEnd('school', 'full')
    platform.records.splice(0, platform.records.length, ...makeOaiRecords(100).slice(0, 20))
    const harvest = await harvestToEnd('school', 'full')
    expect(harvest.state).toBe('completed')
    expect(harvest.issues.map((issue) => issue.code)).toContain('deletion.held')
    expect((await get<Source>('/api/v1/sources/school')).recordCount).toBe(90)

    const released = await post(`/api/v1/sources/school/harvests/${harvest.id}/release`)
    expect(released.statusCode).toBe(200)
    const { counts, issues } = released.json<Harvest>()
    expect(counts.taken).toBe(counts.created + counts.updated + counts.unchanged + counts.deleted + counts.quarantined)
    expect(issues.map((issue) => issue.code)).not.toContain('deletion.held')
    expect((await get<Source>('/api/v1/sources/school')).recordCount).toBe(18)
    expect((await post(`/api/v1/sources/school/harvests/${harvest.id}/release`)).json()).toMatchObject({
      code: 'EDUFED_HARVEST_NOTHING_HELD',
    })
  })

  it('deletes the few records that a full list lacks', async () => {
    await addSource({})
    await harvestToEnd('school', 'full')
    platform.records.splice(0, 5)
    const harvest = await harvestToEnd('school', 'full')
    expect(harvest.counts.deleted).toBeGreaterThanOrEqual(5)
    expect((await get<Source>('/api/v1/sources/school')).recordCount).toBe(85)
  })
})

describe('a harvest that is resumed where the platform has forgotten its token', () => {
  it('counts every record once, and tells how many came again', async () => {
    await addSource({ settings: { url: platform.url('token-expired'), retryDelayMs: 1 } })
    for (let visit = 0; visit < 5; visit++) await fetch(`${platform.url('token-expired')}?verb=ListRecords&metadataPrefix=oai_dc`)
    const { id } = await start('school', 'full')
    await ended('school', id)
    platform.forgetVisits()
    for (let visit = 0; visit < 2; visit++) await fetch(`${platform.url('token-expired')}?verb=ListRecords&metadataPrefix=oai_dc`)
    const checkpoint = {
      version: 2,
      metadataPrefix: 'oai_dc',
      granularity: 'second',
      setIndex: 0,
      total: 40,
      isFullList: true,
      parts: [{ token: '2!!', taken: 40, announced: 100 }],
    }
    await node.adapters.database.write
      .updateTable('harvests')
      .set({
        state: 'queued',
        finished_at: null,
        counts_json: JSON.stringify({ taken: 40, created: 36, updated: 0, unchanged: 0, deleted: 4, quarantined: 0 }),
        coverage_json: JSON.stringify({ records: 36 }),
        checkpoint_json: JSON.stringify({ starts: 0, checkpoint }),
      })
      .where('id', '=', id)
      .execute()
    const harvest = await ended('school', id)
    expect(harvest).toMatchObject({ state: 'completed', counts: { taken: 100, created: 36, repeated: 40 }, coverage: { records: 90 } })
    const { counts } = harvest
    expect(counts.taken).toBe(counts.created + counts.updated + counts.unchanged + counts.deleted + counts.quarantined)
    const restarted = harvest.issues.find(({ code }) => code === 'list.restarted')
    expect(restarted?.message).toContain('the 40 records that were taken before the run was resumed come again')
  })
})

it('refuses a private address that no network allows', async () => {
  await addSource({ settings: { url: 'http://10.11.12.13/oai' } })
  const harvest = await harvestToEnd('school')
  expect(harvest).toMatchObject({ state: 'failed', error: { code: 'EDUFED_FETCH_REFUSED_ADDRESS' } })
  expect(harvest.error?.detail).toContain('EDUFED_ALLOW_NETWORKS')
})

describe('a harvest of a platform that may be asked only in some hours', () => {
  it('pauses outside of them, asks nothing, says when it goes on, and can be cancelled', async () => {
    const clock = (hours: number) => `${new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 13)}:00`
    await addSource({ settings: { url: platform.url(), hours: `${clock(2)}-${clock(3)}`, timeZone: 'UTC' } })
    const { id } = await start('school')
    const harvest = await waitFor('school', id, ({ pausedUntil }) => pausedUntil !== undefined)
    expect(harvest).toMatchObject({ state: 'queued', counts: { taken: 0 }, issues: [] })
    expect(new Date(harvest.pausedUntil ?? 0).toISOString().slice(11, 16)).toBe(clock(2))
    expect(platform.requests).toHaveLength(0)
    await post(`/api/v1/sources/school/harvests/${id}/cancel`)
    expect(await ended('school', id)).toMatchObject({ state: 'cancelled' })
  })

  it('minds hours that are changed while it waits', async () => {
    const clock = (hours: number) => `${new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 13)}:00`
    const settings = { url: platform.url(), timeZone: 'UTC' }
    await addSource({ settings: { ...settings, hours: `${clock(2)}-${clock(3)}` } })
    const { id } = await start('school')
    await waitFor('school', id, ({ pausedUntil }) => pausedUntil !== undefined)
    await edit({ settings: { ...settings, hours: `${clock(4)}-${clock(5)}` } })
    const later = await waitFor('school', id, ({ pausedUntil }) => pausedUntil?.slice(11, 16) === clock(4))
    expect(later.state).toBe('queued')
    expect(platform.requests).toHaveLength(0)
    await edit({ settings: { ...settings, hours: `${clock(-1)}-${clock(2)}` } })
    expect(await ended('school', id)).toMatchObject({ state: 'completed', counts: { taken: 100 } })
  })

  it('goes on where it was when its pause is over', async () => {
    await addSource({})
    const { id } = await start('school', 'full')
    await ended('school', id)
    await node.adapters.database.write
      .updateTable('harvests')
      .set({ state: 'queued', finished_at: null, checkpoint_json: JSON.stringify({ starts: 0, pausedUntil: '2024-05-01T22:00:00.000Z' }) })
      .where('id', '=', id)
      .execute()
    expect(await ended('school', id)).toMatchObject({ state: 'completed', counts: { taken: 200 } })
  })
})

async function addSource(input: Partial<Source>): Promise<Source> {
  const answer = await post('/api/v1/sources', {
    id: 'school',
    name: '第一中学',
    kind: 'oai-pmh',
    level: 'school',
    settings: { url: platform.url() },
    ...input,
  })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json()
}

async function edit(patch: Partial<Source>): Promise<void> {
  const answer = await node.app.inject({ method: 'PATCH', url: '/api/v1/sources/school', headers: node.admin, payload: patch })
  expect(answer.statusCode, answer.body).toBe(200)
}

async function start(sourceId: string, mode?: string): Promise<Harvest> {
  const answer = await post(`/api/v1/sources/${sourceId}/harvests`, mode ? { mode } : {})
  expect(answer.statusCode, answer.body).toBe(202)
  return answer.json()
}

async function harvestToEnd(sourceId: string, mode?: string): Promise<Harvest> {
  return ended(sourceId, (await start(sourceId, mode)).id)
}

function ended(sourceId: string, id: string): Promise<Harvest> {
  return waitFor(sourceId, id, ({ state }) => state !== 'queued' && state !== 'running')
}

async function waitFor(sourceId: string, id: string, isRight: (harvest: Harvest) => boolean): Promise<Harvest> {
  for (;;) {
    const harvest = await get<Harvest>(`/api/v1/sources/${sourceId}/harvests/${id}`)
    if (isRight(harvest)) return harvest
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function get<T>(url: string): Promise<T> {
  const answer = await node.app.inject({ url, headers: { ...node.admin, accept: 'application/json' } })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<T>()
}

function post(url: string, payload?: object) {
  return node.app.inject({ method: 'POST', url, headers: node.admin, ...(payload ? { payload } : {}) })
}
