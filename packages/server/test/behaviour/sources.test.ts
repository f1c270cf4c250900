import type { Source, SourcePreview } from '@edufed/sdk/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OaiServer, startOaiServer } from '../../../harvester/test/support/oai-server.js'
import { SourceStore } from '../../src/modules/sources/source-store.js'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'

let node: TestApp
let platform: OaiServer

beforeAll(async () => {
  platform = await startOaiServer()
  node = await buildTestApp({ env: { EDUFED_ALLOW_NETWORKS: '127.0.0.0/8' } })
})

afterAll(async () => {
  await node.close()
  await platform.close()
})

const oai = () => ({ name: 'Provincial library', kind: 'oai-pmh', level: 'provincial', settings: { url: platform.url() } })

describe('a new source', () => {
  it('gets an id made from its name, and another when that is taken', async () => {
    const first = await call('POST', '/api/v1/sources', oai())
    expect([first.statusCode, first.headers.location]).toEqual([201, '/api/v1/sources/provincial-library'])
    expect((await call('POST', '/api/v1/sources', oai())).json().id).toBe('provincial-library-2')
    expect((await call('POST', '/api/v1/sources', { ...oai(), name: '太原市第一中学' })).json().id).toMatch(/^source-[0-9a-f]{8}$/)
    expect((await call('POST', '/api/v1/sources', { ...oai(), id: 'provincial-library' })).json()).toMatchObject({
      code: 'EDUFED_SOURCE_EXISTS',
    })
  })

  it('is refused with the names of the settings that are wrong', async () => {
    const answer = await call('POST', '/api/v1/sources', { ...oai(), settings: { adress: platform.url() } })
    expect(answer.statusCode).toBe(400)
    const paths = answer.json().errors.map((error: { path: string }) => error.path)
    expect(paths).toEqual(expect.arrayContaining(['/settings/url', '/settings/adress']))
    const kind = await call('POST', '/api/v1/sources', { ...oai(), kind: 'oai' })
    expect(kind.json().errors[0]).toMatchObject({ path: '/kind', message: expect.stringContaining('oai-pmh') })
  })

  it('is refused with the place in its mapping that is wrong, and the name that was perhaps meant', async () => {
    const mapping = { fields: { name: '标题', subjekt: '学科' }, vocabularies: { subjects: { SX: 'maths' } } }
    const settings = { url: `${platform.url()}/a.csv`, mapping }
    const answer = await call('POST', '/api/v1/sources', { ...oai(), kind: 'table', settings })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().errors).toEqual([
      { path: '/settings/mapping/fields/subjekt', message: 'is no field of a resource; the nearest is "subject"', fix: 'Write subject' },
    ])
    const list = await call('POST', '/api/v1/sources', { ...oai(), kind: 'table', settings: { ...settings, mapping: [] } })
    expect(list.json().errors[0]).toMatchObject({ path: '/settings/mapping' })
  })

  it('is refused with the part of the schedule that is wrong', async () => {
    const withSchedule = (schedule: object) => call('POST', '/api/v1/sources', { ...oai(), schedule })
    expect((await withSchedule({ cron: '61 3 * * *', timeZone: 'UTC' })).json().errors[0].path).toBe('/schedule/cron')
    expect((await withSchedule({ cron: '0 3 30 2 *', timeZone: 'UTC' })).json().errors[0].path).toBe('/schedule/cron')
    expect((await withSchedule({ cron: '0 3 * * *', timeZone: 'Asia/Taiyuan' })).json().errors[0].path).toBe('/schedule/timeZone')
  })
})

it('hides secrets and keeps them when they come back hidden', async () => {
  const settings = { url: platform.url(), username: 'reader', password: 'open sesame' }
  const created = await call('POST', '/api/v1/sources', { ...oai(), id: 'secret', settings })
  expect(created.json().settings).toEqual({ ...settings, password: '[redacted]' })
  expect(created.body).not.toContain('sesame')
  await call('PATCH', '/api/v1/sources/secret', { settings: { ...created.json().settings, username: 'other' } })
  const row = await new SourceStore(node.adapters.database).find('secret')
  expect(JSON.parse(row!.settings_json)).toEqual({ ...settings, username: 'other' })
})

it('is changed only as it was read when If-Match says so', async () => {
  const { etag } = (await call('POST', '/api/v1/sources', { ...oai(), id: 'edited' })).headers
  const change = (name: string) => call('PATCH', '/api/v1/sources/edited', { name }, { 'if-match': String(etag) })
  expect((await change('One')).statusCode).toBe(200)
  const late = await change('Two')
  expect([late.statusCode, late.json().code]).toEqual([412, 'EDUFED_PRECONDITION_FAILED'])
  expect((await call('GET', '/api/v1/sources/edited')).json().name).toBe('One')
})

it('shows the first records of a platform without keeping anything', async () => {
  const sequence = await node.adapters.catalog.lastSequence()
  const answer = await call('POST', '/api/v1/sources/preview', { kind: 'oai-pmh', settings: { url: platform.url() }, limit: 3 })
  expect(answer.statusCode, answer.body).toBe(200)
  const preview = answer.json<SourcePreview>()
  expect(preview).toMatchObject({ authority: 'school.example', metadataPrefix: 'oai_dc', expectedRecords: 100 })
  expect(preview.records).toHaveLength(3)
  expect(preview.records[0]?.resource?.name).toEqual({ 'zh-Hans': '一元二次方程的解法 1' })
  expect(await node.adapters.catalog.lastSequence()).toBe(sequence)
})

it('says in the preview what is wrong with an address', async () => {
  const answer = await call('POST', '/api/v1/sources/preview', { kind: 'oai-pmh', settings: { url: platform.url('web-page') } })
  expect([answer.statusCode, answer.json().code]).toEqual([502, 'EDUFED_OAI_HTML'])
})

it('shows a member only its own sources', async () => {
  for (const id of ['north', 'south']) await call('POST', '/api/v1/members', { id, name: id, level: 'school' })
  await call('POST', '/api/v1/sources', { ...oai(), id: 'of-south', memberId: 'south' })
  const { key } = (
    await call('POST', '/api/v1/keys', { name: 'n', scopes: ['sources:read', 'sources:write', 'harvests:run'], memberId: 'north' })
  ).json()
  const headers = { authorization: `Bearer ${key}` }
  const own = await node.app.inject({ method: 'POST', url: '/api/v1/sources', headers, payload: { ...oai(), id: 'of-north' } })
  expect(own.json<Source>().memberId).toBe('north')
  const list = await node.app.inject({ url: '/api/v1/sources', headers })
  expect(list.json().sources.map((source: Source) => source.id)).toEqual(['of-north'])
  for (const url of ['/api/v1/sources/of-south', '/api/v1/sources/of-south/harvests', '/api/v1/sources/of-south/quarantine']) {
    expect((await node.app.inject({ url, headers })).statusCode).toBe(403)
  }
  const stolen = { method: 'PATCH', url: '/api/v1/sources/of-north', headers, payload: { memberId: 'south' } } as const
  expect((await node.app.inject(stolen)).statusCode).toBe(403)
})

it('goes with its records only when that is asked for', async () => {
  await call('POST', '/api/v1/sources', { id: 'leaving', name: 'Leaving', kind: 'push', level: 'school' })
  const { id } = (await call('PUT', '/api/v1/sources/leaving/records/1', { name: { en: 'Fractions' } })).json()
  expect((await call('DELETE', '/api/v1/sources/leaving')).json()).toMatchObject({ code: 'EDUFED_SOURCE_HAS_RECORDS' })
  expect((await call('DELETE', '/api/v1/sources/leaving?records=delete')).statusCode).toBe(204)
  expect((await call('GET', `/api/v1/resources/${encodeURIComponent(id)}`)).statusCode).toBe(410)
  expect((await call('GET', '/api/v1/sources/leaving')).statusCode).toBe(404)
})

it('shows the records that are held back, with the reason', async () => {
  await call('POST', '/api/v1/sources', { id: 'poor', name: 'Poor', kind: 'push', level: 'school' })
  const lines = '{"identifier":"1","resource":{"name":{}}}\n{"identifier":"2","resource":{"name":{}}}'
  await node.app.inject({
    method: 'POST',
    url: '/api/v1/sources/poor/records',
    headers: { ...node.admin, 'content-type': 'application/x-ndjson' },
    payload: lines,
  })
  const first = (await call('GET', '/api/v1/sources/poor/quarantine?limit=1')).json()
  const second = (await call('GET', `/api/v1/sources/poor/quarantine?limit=1&cursor=${first.cursor}`)).json()
  expect([...first.records, ...second.records].map((record: { identifier: string }) => record.identifier).sort()).toEqual(['1', '2'])
  expect(first.records[0].issues[0].severity).toBe('error')
  expect(second.cursor).toBeUndefined()
})

function call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object, headers: Record<string, string> = {}) {
  return node.app.inject({ method, url, headers: { ...node.admin, ...headers }, ...(payload ? { payload } : {}) })
}
