import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChangeList, Harvest, SearchPage, Source, Upload } from '@edufed/sdk/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeOaiRecords } from '../../../harvester/test/support/oai-records.js'
import { type OaiServer, startOaiServer } from '../../../harvester/test/support/oai-server.js'
import type { Database } from '../../src/database/database.js'
import { createDatabasePlace, databaseEngines, type TestDatabasePlace } from '../support/database.js'
import { createBucket, s3Credentials, s3Endpoint } from '../support/file-stores.js'
import { elasticsearch, elasticsearchUrl, removeElasticsearch } from '../support/search-engines.js'
import { processAdminKey, type ServerProcess, startServerProcess } from '../support/server-process.js'

const missing = [
  ...(databaseEngines[1]!.isSkipped ? ['PostgreSQL'] : []),
  ...(elasticsearchUrl ? [] : ['Elasticsearch']),
  ...(s3Endpoint ? [] : ['S3']),
]
const title = 'two processes on one PostgreSQL, Elasticsearch and S3'
const timeout = 240_000
const admin = { authorization: `Bearer ${processAdminKey}` }
const prefix = `test-${randomBytes(6).toString('hex')}`

describe.skipIf(missing.length > 0)(missing.length > 0 ? `${title} (skipped: no ${missing.join(', no ')})` : title, () => {
  let place: TestDatabasePlace
  let database: Database
  let bucket: Awaited<ReturnType<typeof createBucket>>
  let platform: OaiServer
  let folder: string
  let one: ServerProcess
  let two: ServerProcess

  const start = () =>
    startServerProcess(folder, {
      DATABASE_URL: place.address,
      ELASTICSEARCH_URL: elasticsearchUrl!,
      ELASTICSEARCH_INDEX_PREFIX: prefix,
      ELASTICSEARCH_REPLICAS: '0',
      S3_BUCKET: bucket.bucket,
      S3_ENDPOINT: s3Endpoint!,
      S3_ACCESS_KEY_ID: s3Credentials.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3Credentials.secretAccessKey,
      EDUFED_NODE_ID: 'node.test',
      EDUFED_PUBLIC_URL: 'https://catalogue.example.org',
    })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edufed-at-scale-'))
    place = await createDatabasePlace('postgres')
    database = await place.open()
    bucket = await createBucket()
    platform = await startOaiServer({ records: makeOaiRecords(2_000), pageSize: 20 })
    // Both at once on empty stores: one makes the tables and the index, the other waits for it.
    ;[one, two] = await Promise.all([start(), start()])
  }, timeout)

  afterAll(async () => {
    await Promise.all([one?.kill(), two?.kill()])
    await platform?.close()
    await database?.close()
    await place?.remove()
    await bucket?.remove()
    if (elasticsearchUrl) await removeElasticsearch(prefix)
    await rm(folder, { recursive: true, force: true })
  }, timeout)

  const call = async <T>(server: ServerProcess, method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${server.base}${path}`, {
      method,
      headers: { ...admin, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
  const harvested = async (server: ServerProcess, source: string, id: string, isThere = isEnded): Promise<Harvest> => {
    let harvest: Harvest | undefined
    await expect
      .poll(
        async () => {
          harvest = await call<Harvest>(server, 'GET', `/api/v1/sources/${source}/harvests/${id}`)
          return isThere(harvest)
        },
        { timeout: timeout / 2, interval: 50 },
      )
      .toBe(true)
    return harvest!
  }
  const found = (server: ServerProcess, query: string) => call<SearchPage>(server, 'GET', `/api/v1/search?${query}`)
  const findsBoth = async (query: string, total: number) => {
    for (const server of [one, two]) await expect.poll(async () => (await found(server, query)).total, { timeout: 60_000 }).toBe(total)
  }
  const owners = (name: string) => database.read.selectFrom('leases').select('owner').where('name', '=', name).execute()
  const tus = (server: ServerProcess, method: string, path: string, headers: Record<string, string> = {}, body?: Uint8Array) =>
    fetch(`${server.base}${path}`, {
      method,
      headers: { 'tus-resumable': '1.0.0', ...admin, ...headers },
      ...(body ? { body: body as BodyInit } : {}),
    })
  const sendPart = (server: ServerProcess, path: string, offset: number, body: Uint8Array) =>
    tus(server, 'PATCH', path, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, body)

  it('are ready, and one of them leads each piece of work', { timeout }, async () => {
    for (const server of [one, two]) {
      await expect.poll(async () => (await fetch(`${server.base}/readyz`)).status, { timeout: 30_000 }).toBe(200)
      expect(server.errors()).toContain('catalogue: postgres, search: elasticsearch, files: s3')
    }
    for (const name of ['indexer', 'scheduler', 'uploads']) await expect.poll(() => owners(name), { timeout: 10_000 }).toHaveLength(1)
  })

  it('harvest a source once, whoever is asked, and find the same', { timeout }, async () => {
    const settings = { url: platform.url() }
    const input = { id: 'region', name: 'Region', kind: 'oai-pmh', level: 'provincial', region: '650000', settings }
    await call(one, 'POST', '/api/v1/sources', input)
    const { id } = await call<Harvest>(two, 'POST', '/api/v1/sources/region/harvests', { mode: 'full' })
    await harvested(one, 'region', id, ({ state }) => state === 'running' || state === 'completed')
    const running = await database.read.selectFrom('jobs').select('lease_owner').where('state', '=', 'running').execute()
    expect(running.length).toBeLessThanOrEqual(1)
    await expect(call(one, 'POST', '/api/v1/sources/region/harvests', {})).rejects.toThrow('EDUFED_HARVEST_OPEN')
    const { state, counts } = await harvested(one, 'region', id)
    expect([state, counts.taken, counts.quarantined]).toEqual(['completed', 2_000, 0])
    const lists = platform.requests.filter((query) => query.includes('ListRecords'))
    expect(new Set(lists).size).toBe(lists.length)

    await findsBoth('source=region&limit=0', 1_800)
    const query = 'source=region&limit=20&facets=type,language,source,region,level'
    const [here, there] = await Promise.all([found(one, query), found(two, query)])
    expect(here.facets?.region).toMatchObject([{ value: '650000', count: 1_800 }])
    expect(here.hits).toHaveLength(20)
    expect(there).toEqual(here)
  })

  it('take what is pushed at either, and delete it for both', { timeout }, async () => {
    await call(one, 'POST', '/api/v1/sources', { id: 'school', name: '实验小学', kind: 'push', level: 'school' })
    const { id } = await call<{ id: string }>(two, 'PUT', '/api/v1/sources/school/records/r1', { name: { 'zh-Hans': '一元二次方程' } })
    const resource = `/api/v1/resources/${encodeURIComponent(id)}`
    expect(await call(one, 'GET', resource)).toEqual(await call(two, 'GET', resource))
    await findsBoth(`source=school&q=${encodeURIComponent('二次方程')}`, 1)
    await call(one, 'DELETE', '/api/v1/sources/school/records/r1')
    expect((await fetch(two.base + resource)).status).toBe(410)
    await findsBoth('source=school', 0)
  })

  it('show the same change feed, also from the other one’s cursor', { timeout }, async () => {
    const ids = async (order: ServerProcess[]) => {
      const seen: string[] = []
      for (let cursor: string | undefined, page = 0; ; page += 1) {
        const after = cursor === undefined ? '' : `&after=${encodeURIComponent(cursor)}`
        const list: ChangeList = await call(order[page % order.length]!, 'GET', `/api/v1/changes?limit=500${after}`)
        seen.push(...list.changes.map((change) => `${change.kind} ${change.id} ${change.version}`))
        cursor = list.cursor
        if (!list.hasMore) return seen
      }
    }
    const seen = await ids([one, two])
    expect(seen.slice(-2).map((line) => line.split(' ')[0])).toEqual(['created', 'deleted'])
    expect(seen).toHaveLength(1_802)
    expect(await ids([two])).toEqual(seen)
  })

  it('take the parts of one upload, each some of them, and give the file out', { timeout }, async () => {
    await call(one, 'PUT', '/api/v1/sources/school/records/r2', { name: { 'zh-Hans': '勾股定理' } })
    const bytes = randomBytes(7 * 1_048_576)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const path = await begin(bytes.length)
    expect((await sendPart(two, path, 0, bytes.subarray(0, 1_000))).status).toBe(204)
    expect((await sendPart(one, path, 1_000, bytes.subarray(1_000, 6 * 1_048_576))).status).toBe(204)
    expect((await tus(two, 'HEAD', path)).headers.get('upload-offset')).toBe(String(6 * 1_048_576))
    expect((await sendPart(two, path, 6 * 1_048_576, bytes.subarray(6 * 1_048_576))).status).toBe(204)
    expect(await call<Upload>(one, 'GET', path)).toMatchObject({
      sha256,
      contentUrl: `https://catalogue.example.org/api/v1/files/${sha256}`,
    })
    for (const server of [one, two]) {
      const file = await fetch(`${server.base}/api/v1/files/${sha256}`, { headers: { range: 'bytes=5000000-5000099' } })
      expect([file.status, Buffer.from(await file.arrayBuffer()).equals(bytes.subarray(5_000_000, 5_000_100))]).toEqual([206, true])
    }
    expect((await tus(two, 'DELETE', path)).status).toBe(204)
    expect((await fetch(`${one.base}/api/v1/files/${sha256}`)).status).toBe(404)
  })

  it('pass their work on when one stops', { timeout }, async () => {
    expect(await two.stop()).toBe(0)
    await expect.poll(async () => (await owners('indexer')).length, { timeout: 10_000 }).toBe(1)
    await call(one, 'PUT', '/api/v1/sources/school/records/r3', { name: { 'zh-Hans': '静夜思' } })
    await expect.poll(async () => (await found(one, 'source=school&q=静夜思')).total, { timeout: 15_000 }).toBe(1)
  })

  it('take over a harvest, the index and an upload when the other one is killed', { timeout }, async () => {
    const settings = { url: platform.url() }
    await call(one, 'POST', '/api/v1/sources', {
      id: 'again',
      name: 'Again',
      kind: 'oai-pmh',
      level: 'county',
      settings,
      authority: 'again',
    })
    const { id } = await call<Harvest>(one, 'POST', '/api/v1/sources/again/harvests', {})
    const before = await harvested(one, 'again', id, ({ counts }) => counts.taken >= 100)
    const bytes = randomBytes(6 * 1_048_576)
    const path = await begin(bytes.length)
    await sendPart(one, path, 0, bytes.subarray(0, 300_000))
    // The other one could do none of it so far: it was not there.
    await one.kill()
    expect(before.state).toBe('running')
    const listsBefore = platform.requests.length
    two = await start()
    one = two

    expect((await tus(two, 'HEAD', path)).headers.get('upload-offset')).toBe('300000')
    expect((await sendPart(two, path, 300_000, bytes.subarray(300_000))).status).toBe(204)
    expect(await call<Upload>(two, 'GET', path)).toMatchObject({ sha256: createHash('sha256').update(bytes).digest('hex') })

    const { state, counts } = await harvested(two, 'again', id)
    const { taken, created, updated, unchanged, deleted, quarantined } = counts
    expect([state, taken]).toEqual(['completed', 2_000])
    expect(created + updated + unchanged + deleted + quarantined).toBe(taken)
    expect(platform.requests.length - listsBefore).toBeLessThan(100)
    expect((await call<Source>(two, 'GET', '/api/v1/sources/again')).recordCount).toBe(1_800)
    await findsBoth('source=again&limit=0', 1_800)
    const indices = Object.keys((await elasticsearch('GET', `/${prefix}-*/_alias`)) as object)
    expect(indices.filter((name) => name.includes('-resources-'))).toHaveLength(1)
  })

  async function begin(size: number): Promise<string> {
    const metadata = Object.entries({ filename: 'a.pdf', filetype: 'application/pdf', source: 'school', record: 'r2' })
    const answer = await tus(one, 'POST', '/api/v1/uploads', {
      'upload-length': String(size),
      'upload-metadata': metadata.map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`).join(','),
    })
    expect(answer.status, await answer.clone().text()).toBe(201)
    return new URL(answer.headers.get('location')!, one.base).pathname
  }
})

function isEnded({ state }: Harvest): boolean {
  return state !== 'queued' && state !== 'running'
}
