import type { ChangeList, CreatedApiKey, Harvest, Source, SourcePatch } from '@edufed/sdk/schemas'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeOaiRecords } from '../../../harvester/test/support/oai-records.js'
import { startOaiServer } from '../../../harvester/test/support/oai-server.js'
import { SourceStore } from '../../src/modules/sources/source-store.js'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'

let node: TestApp
/** Its id is another in each test. */
let school: string
let tests = 0
let headers: { first: Headers; second: Headers; anyone: Headers }
type Headers = { authorization?: string }

beforeAll(async () => {
  node = await buildTestApp({ env: { EDUFED_ALLOW_NETWORKS: '127.0.0.0/8' } })
  await call('POST', '/api/v1/members', { id: 'first', name: 'First school', level: 'school', region: '650102' })
  await call('POST', '/api/v1/members', { id: 'second', name: 'Second school', level: 'school', region: '540102' })
  headers = { first: await keyOf('first'), second: await keyOf('second'), anyone: {} }
})

beforeEach(() => {
  tests += 1
  school = `school-${tests}`
})

afterAll(() => node.close())

it('are seen by others at once, in documents, search and the change feed, but for records with a scope of their own', async () => {
  await addSource({ memberId: 'first', defaultScope: 'public' })
  const plain = await push('plain', {})
  const open = await push('open', { usageScope: 'public' })
  const closed = await push('closed', { usageScope: 'school' })
  const { cursor } = await changes()
  expect(await seenBy(plain)).toEqual(['first', 'second', 'anyone'])

  await patch({ defaultScope: 'school' })
  expect(await seenBy(plain)).toEqual(['first'])
  expect(await seenBy(open)).toEqual(['first', 'second', 'anyone'])
  expect(await seenBy(closed)).toEqual(['first'])
  expect((await changes(cursor)).changes.map(({ id, kind }) => [id, kind])).toEqual([[plain, 'deleted']])
  await node.indexed()
  expect(await foundBy()).toEqual({ first: 3, second: 1, anyone: 1 })

  await patch({ memberId: 'second' })
  expect(await seenBy(plain)).toEqual(['second'])
  expect(await seenBy(closed)).toEqual(['second'])
  await node.indexed()
  expect(await foundBy()).toEqual({ first: 1, second: 3, anyone: 1 })
})

it('are seen in their new region at once', async () => {
  await addSource({ memberId: 'first', region: '650000', defaultScope: 'province' })
  const id = await push('r1', {})
  expect(await seenBy(id)).toEqual(['first'])
  await patch({ region: '540000' })
  expect(await seenBy(id)).toEqual(['second'])
  await patch({ region: null })
  expect(await seenBy(id)).toEqual(['first'])
  await node.indexed()
  expect(await foundBy()).toEqual({ first: 1, second: 0, anyone: 0 })
})

it('leave the change log alone when nothing of it is about who sees them', async () => {
  await addSource({ memberId: 'first' })
  await push('r1', {})
  const before = await node.adapters.catalog.lastSequence()
  await patch({ name: 'Another name', memberId: 'first', defaultScope: 'public' })
  expect(await node.adapters.catalog.lastSequence()).toBe(before)
})

it('are minded by a harvest that runs meanwhile', async () => {
  const platform = await startOaiServer({ records: makeOaiRecords(1_000), pageSize: 10 })
  try {
    await addSource({ kind: 'oai-pmh', settings: { url: platform.url() }, memberId: 'first', defaultScope: 'public' })
    const { id } = (await call('POST', `/api/v1/sources/${school}/harvests`, {})).json<Harvest>()
    const harvest = async () => (await call('GET', `/api/v1/sources/${school}/harvests/${id}`)).json<Harvest>()
    await expect.poll(async () => (await harvest()).counts.taken, { timeout: 15_000, interval: 5 }).toBeGreaterThan(20)
    await patch({ defaultScope: 'school' })
    expect((await harvest()).state).toBe('running')
    await expect.poll(async () => (await harvest()).state, { timeout: 60_000 }).toBe('completed')
    expect(await tokens()).toEqual(['member:first'])
    expect((await node.adapters.catalog.countRecords([school])).get(school)).toBe(900)
  } finally {
    await platform.close()
  }
}, 90_000)

it('are minded by a push that began before', async () => {
  await addSource({ memberId: 'first', defaultScope: 'public' })
  const base = await node.listen()
  let send: (line: string | undefined) => void = () => undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      send = (line) => (line === undefined ? controller.close() : controller.enqueue(new TextEncoder().encode(line)))
    },
  })
  const line = (identifier: string) => `${JSON.stringify({ identifier, resource: { name: { en: identifier } } })}\n`
  send(line('early'))
  const answering = fetch(`${base}/api/v1/sources/${school}/records`, {
    method: 'POST',
    headers: { ...node.admin, 'content-type': 'application/x-ndjson' },
    body,
    duplex: 'half',
  } as RequestInit)
  await expect.poll(async () => (await node.adapters.catalog.countRecords([school])).get(school)).toBe(1)
  await patch({ defaultScope: 'school' })
  send(line('late'))
  send(undefined)
  expect((await (await answering).text()).trim().split('\n')).toHaveLength(2)
  expect(await tokens()).toEqual(['member:first'])
})

it('are seen as they should a minute later when the process died before it came to them', async () => {
  await addSource({ memberId: 'first', defaultScope: 'public' })
  await push('r1', {})
  await patch({ level: 'county' })
  const { jobs, database } = node.adapters
  const pending = await database.read.selectFrom('jobs').select(['state', 'payload_json']).where('key', 'like', `${school} %`).execute()
  expect(pending).toEqual([{ state: 'queued', payload_json: JSON.stringify({ sourceId: school }) }])
  const store = new SourceStore(database)
  await store.update(school, (await store.find(school))!.updated_at, { default_scope: 'school' })
  await jobs.enqueue({ kind: 'source-visibility', key: 'after the crash', payload: { sourceId: school } })
  await expect.poll(tokens).toEqual(['member:first'])
})

async function addSource(input: object): Promise<Source> {
  const answer = await call('POST', '/api/v1/sources', { id: school, name: 'School', kind: 'push', level: 'school', ...input })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json()
}

async function patch(change: SourcePatch): Promise<void> {
  const answer = await call('PATCH', `/api/v1/sources/${school}`, change)
  expect(answer.statusCode, answer.body).toBe(200)
}

async function push(identifier: string, resource: object): Promise<string> {
  const answer = await call('PUT', `/api/v1/sources/${school}/records/${identifier}`, { name: { 'zh-Hans': '勾股定理' }, ...resource })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json().id
}

async function keyOf(memberId: string): Promise<Headers> {
  const answer = await call('POST', '/api/v1/keys', { name: memberId, scopes: ['records:write'], memberId })
  expect(answer.statusCode, answer.body).toBe(201)
  return { authorization: `Bearer ${answer.json<CreatedApiKey>().key}` }
}

/** Who gets the document. */
async function seenBy(id: string): Promise<string[]> {
  const seen: string[] = []
  for (const [name, as] of Object.entries(headers)) {
    const { statusCode } = await node.app.inject({ url: `/api/v1/resources/${encodeURIComponent(id)}`, headers: as })
    if (statusCode === 200) seen.push(name)
    else expect(statusCode).toBe(404)
  }
  return seen
}

/** How many records each finds. */
async function foundBy(): Promise<Record<string, number>> {
  const totals: Record<string, number> = {}
  for (const [name, as] of Object.entries(headers)) {
    totals[name] = (await node.app.inject({ url: `/api/v1/search?q=勾股定理&source=${school}`, headers: as })).json().total
  }
  return totals
}

async function changes(after?: string): Promise<ChangeList> {
  const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`
  return (await node.app.inject(`/api/v1/changes${query}`)).json()
}

async function tokens(): Promise<string[]> {
  const rows = await node.adapters.database.read
    .selectFrom('records')
    .select('visible_to')
    .distinct()
    .where('source_id', '=', school)
    .where('state', '=', 'active')
    .execute()
  return rows.map((row) => row.visible_to)
}

function call(method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, payload?: object) {
  return node.app.inject({ method, url, headers: node.admin, ...(payload ? { payload } : {}) })
}
