import { request as httpRequest } from 'node:http'
import { createInterface } from 'node:readline'
import type { Problem, PushResult } from '@edufed/sdk/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'

let test: TestApp
let base: string
beforeAll(async () => {
  test = await buildTestApp({ env: { EDUFED_BODY_LIMIT_BYTES: '4096', EDUFED_KEY_RATE_LIMIT_PER_MINUTE: '100000' } })
  base = await test.listen()
  for (const [id, kind] of [
    ['school', 'push'],
    ['harvested', 'oai-pmh'],
  ]) {
    const settings = kind === 'push' ? {} : { settings: { url: 'https://repository.example.org/oai' } }
    const payload = { id, name: id, kind, level: 'school', authority: `${id}.example.org`, ...settings }
    const answer = await test.app.inject({ method: 'POST', url: '/api/v1/sources', headers: test.admin, payload })
    expect(answer.statusCode, answer.body).toBe(201)
  }
}, 60_000)
afterAll(() => test.close())

const idOf = (identifier: string) => `urn:edufed:school.example.org:${encodeURIComponent(identifier)}`
const resourceUrl = (identifier: string) => `/api/v1/resources/${encodeURIComponent(idOf(identifier))}`
const recordUrl = (identifier: string) => `/api/v1/sources/school/records/${encodeURIComponent(identifier)}`

async function createKey(scopes: string[]) {
  const answer = await test.app.inject({ method: 'POST', url: '/api/v1/keys', headers: test.admin, payload: { name: 'k', scopes } })
  return { authorization: `Bearer ${answer.json<{ key: string }>().key}` }
}

function push(body: string | Buffer, headers: Record<string, string> = test.admin) {
  return test.app.inject({
    method: 'POST',
    url: '/api/v1/sources/school/records',
    headers: { 'content-type': 'application/x-ndjson', ...headers },
    payload: body,
  })
}
const results = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as PushResult)

describe('one record', () => {
  it('is written, read in both forms, written again and deleted', async () => {
    const draft = {
      name: { 'zh-Hans': '静夜思', bo: 'མཚན་མོའི་བསམ་པ།' },
      alternateName: [{ 'zh-Hant': '靜夜思' }, { 'zh-Hant': '夜思' }],
      url: 'https://school.example.org/poems/1',
      creator: [{ type: 'Person', name: { 'zh-Hans': '李白' } }],
      license: { id: null, raw: '仅供教学' },
    }
    const identifier = 'poems/1?a=b c'
    const created = await test.app.inject({ method: 'PUT', url: recordUrl(identifier), headers: test.admin, payload: draft })
    expect([created.statusCode, created.json<PushResult>().outcome]).toEqual([201, 'created'])
    expect(created.json<PushResult>().id).toBe(idOf(identifier))

    const read = await test.app.inject(resourceUrl(identifier))
    expect(read.statusCode).toBe(200)
    expect(read.json()).toMatchObject({ id: idOf(identifier), name: draft.name, version: 1, status: 'active' })
    expect(read.headers.etag).toBe(created.headers.etag)
    expect(
      (await test.app.inject({ url: resourceUrl(identifier), headers: { 'if-none-match': String(read.headers.etag) } })).statusCode,
    ).toBe(304)

    const linked = await test.app.inject({ url: resourceUrl(identifier), headers: { accept: 'application/ld+json' } })
    expect(linked.headers['content-type']).toContain('application/ld+json')
    expect(linked.headers.vary).toContain('Accept')
    expect(linked.json()).toMatchObject({
      '@context': { '@vocab': 'https://schema.org/' },
      id: idOf(identifier),
      name: draft.name,
      alternateName: { 'zh-Hant': ['靜夜思', '夜思'] },
      creator: [{ type: 'Person', name: { 'zh-Hans': '李白' } }],
      license: { type: 'CreativeWork', name: { und: '仅供教学' } },
    })

    const same = await test.app.inject({ method: 'PUT', url: recordUrl(identifier), headers: test.admin, payload: draft })
    expect([same.statusCode, same.json<PushResult>().outcome]).toEqual([200, 'unchanged'])
    const changed = { ...draft, description: { 'zh-Hans': '床前明月光' } }
    const wrongTag = { ...test.admin, 'if-match': '"other"' }
    const refused = await test.app.inject({ method: 'PUT', url: recordUrl(identifier), headers: wrongTag, payload: changed })
    expect([refused.statusCode, refused.json<Problem>().code]).toEqual([412, 'EDUFED_PRECONDITION_FAILED'])
    const rightTag = { ...test.admin, 'if-match': String(read.headers.etag) }
    const updated = await test.app.inject({ method: 'PUT', url: recordUrl(identifier), headers: rightTag, payload: changed })
    expect(updated.json<PushResult>()).toMatchObject({ outcome: 'updated', version: 2 })

    const deleted = await test.app.inject({ method: 'DELETE', url: recordUrl(identifier), headers: test.admin })
    expect(deleted.json<PushResult>().outcome).toBe('deleted')
    const gone = await test.app.inject(resourceUrl(identifier))
    expect([gone.statusCode, gone.json<Problem>().code]).toEqual([410, 'EDUFED_RESOURCE_GONE'])
  })

  it('that is not there cannot be read or deleted', async () => {
    expect((await test.app.inject(resourceUrl('nothing'))).json<Problem>().code).toBe('EDUFED_RESOURCE_NOT_FOUND')
    const answer = await test.app.inject({ method: 'DELETE', url: recordUrl('nothing'), headers: test.admin })
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([404, 'EDUFED_RECORD_NOT_FOUND'])
  })

  it('of a harvested source is written by administrators only', async () => {
    const url = '/api/v1/sources/harvested/records/1'
    const payload = { name: { en: 'x' } }
    const refused = await test.app.inject({ method: 'PUT', url, headers: await createKey(['records:write']), payload })
    expect([refused.statusCode, refused.json<Problem>().code]).toEqual([403, 'EDUFED_SOURCE_FORBIDDEN'])
    expect((await test.app.inject({ method: 'PUT', url, headers: test.admin, payload })).statusCode).toBe(201)
  })
})

describe('many records in one stream', () => {
  it('get one result a line, in order, whatever stands in the lines', async () => {
    const body = [
      '{"identifier":"1","resource":{"name":{"zh-Hans":"春晓"}}}',
      '',
      '{"identifier":"2"',
      '[1]',
      '{"identifier":"4","resource":{"name":{"zh-Hans":"登鹳雀楼"}},"colour":"red"}',
      `{"identifier":"5","resource":{"name":{"en":"${'x'.repeat(5_000)}"}}}`,
      '{"identifier":"6","resource":{}}',
      '{"identifier":"1","isDeleted":true}',
      '{"identifier":"8","resource":{"name":{"zh-Hans":"相思"}}}',
    ].join('\r\n')
    const answer = await push(body)
    expect(answer.headers['content-type']).toContain('application/x-ndjson')
    const found = results(answer.body)
    expect(found.map(({ identifier, outcome }) => [identifier, outcome])).toEqual([
      ['1', 'created'],
      ['line:3', 'quarantined'],
      ['line:4', 'quarantined'],
      ['4', 'quarantined'],
      ['line:6', 'quarantined'],
      ['6', 'quarantined'],
      ['1', 'deleted'],
      ['8', 'created'],
    ])
    for (const result of found.filter(({ outcome }) => outcome === 'quarantined')) expect(result.issues[0]?.message).toBeTruthy()
    expect(found[1]?.issues[0]).toMatchObject({ code: 'push.not-json' })
    expect(found[3]?.issues[0]?.message).toMatch(/Line 5/)
    expect(found[4]?.issues[0]).toMatchObject({ code: 'push.line-too-long' })
  })

  it('are refused as a whole only when nothing can be told from them', async () => {
    expect((await push('[]', { ...test.admin, 'content-type': 'application/json' })).json<Problem>().code).toBe(
      'EDUFED_MEDIA_TYPE_UNSUPPORTED',
    )
    const noBody = await test.app.inject({ method: 'POST', url: '/api/v1/sources/school/records', headers: test.admin })
    expect(noBody.json<Problem>().code).toBe('EDUFED_MEDIA_TYPE_UNSUPPORTED')
    expect((await push('', test.admin)).statusCode).toBe(200)
  })

  it('are answered while they are still being sent', async () => {
    const { authorization } = test.admin
    const headers = { authorization, 'content-type': 'application/x-ndjson' }
    const sending = httpRequest(`${base}/api/v1/sources/school/records`, { method: 'POST', headers })
    const answering = new Promise<AsyncIterableIterator<string>>((resolve, reject) => {
      sending.once('response', (response) => resolve(createInterface({ input: response })[Symbol.asyncIterator]()))
      sending.once('error', reject)
    })
    let lines: AsyncIterableIterator<string> | undefined
    for (let number = 1; number <= 5; number += 1) {
      sending.write(`{"identifier":"live-${number}","resource":{"name":{"en":"Live ${number}"}}}\n`)
      lines ??= await answering
      const { value } = await lines.next()
      expect(JSON.parse(String(value))).toMatchObject({ identifier: `live-${number}`, outcome: 'created' })
    }
    sending.end()
    expect((await lines?.next())?.done).toBe(true)
  })

  it('keep what was answered when the sender breaks off in the middle', async () => {
    const { authorization } = test.admin
    const headers = { authorization, 'content-type': 'application/x-ndjson' }
    const sending = httpRequest(`${base}/api/v1/sources/school/records`, { method: 'POST', headers })
    sending.on('error', () => undefined)
    const firstLine = new Promise<string>((resolve) => {
      sending.once('response', (response) => {
        response.on('error', () => undefined)
        response.once('data', (chunk: Buffer) => resolve(String(chunk)))
      })
    })
    sending.write('{"identifier":"kept","resource":{"name":{"en":"Kept"}}}\n{"identifier":"half","resour')
    expect(JSON.parse(await firstLine)).toMatchObject({ identifier: 'kept', outcome: 'created' })
    sending.destroy()
    expect((await test.app.inject(resourceUrl('kept'))).statusCode).toBe(200)
    expect((await test.app.inject('/healthz')).statusCode).toBe(200)
    expect((await test.app.inject(resourceUrl('half'))).statusCode).toBe(404)
  })

  it('may be answered to a sender that reads only when it has sent all', async () => {
    const count = 6_000
    const lines = Array.from({ length: count }, (_, index) => `{"identifier":"bulk-${index}","resource":{"name":{"en":"Bulk ${index}"}}}\n`)
    const answer = await fetch(`${base}/api/v1/sources/school/records`, {
      method: 'POST',
      headers: { ...test.admin, 'content-type': 'application/x-ndjson' },
      body: lines.join(''),
    })
    const found = results(await answer.text())
    expect(found.map(({ identifier }) => identifier)).toEqual(Array.from({ length: count }, (_, index) => `bulk-${index}`))
    expect(found.every(({ outcome }) => outcome === 'created')).toBe(true)
  })
})
