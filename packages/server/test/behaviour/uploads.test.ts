import { createHash, randomBytes } from 'node:crypto'
import type { CreatedApiKey, LearningResource, Upload } from '@edufed/sdk/schemas'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'

let node: TestApp
let base: string
let key: string

beforeAll(async () => {
  node = await buildTestApp({ env: { EDUFED_MAX_UPLOAD_BYTES: String(200 * 1_048_576) } })
  base = await node.listen()
  await call('POST', '/api/v1/sources', { id: 'school', name: 'School', kind: 'push', level: 'school' })
  key = (await makeKey({})).key
})

afterAll(() => node.close())

it('keeps a file under its digest and serves it whole, in part, and not again', async () => {
  const bytes = randomBytes(300_000)
  const sha256 = digestOf(bytes)
  const location = await begin(bytes.length, { filename: '分数的加法.mp4', filetype: 'video/mp4' })
  expect((await sendPart(location, 0, bytes.subarray(0, 100_000))).headers.get('upload-offset')).toBe('100000')
  expect(await headOffset(location)).toBe(100_000)
  expect((await sendPart(location, 100_000, bytes.subarray(100_000))).status).toBe(204)

  const upload = (await (await tus('GET', location)).json()) as Upload
  expect(upload).toMatchObject({
    size: 300_000,
    offset: 300_000,
    sha256,
    filename: '分数的加法.mp4',
    contentUrl: `${base}/api/v1/files/${sha256}`,
  })
  const whole = await fetch(upload.contentUrl!)
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true)
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'video/mp4',
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
    etag: `"${sha256}"`,
  })
  expect(whole.headers.get('content-disposition')).toContain("filename*=UTF-8''%E5%88%86")
  expect(whole.headers.get('cache-control')).toContain('immutable')
  const part = await fetch(upload.contentUrl!, { headers: { range: 'bytes=10-19' } })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 10-19/300000'])
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true)
  expect((await fetch(upload.contentUrl!, { headers: { range: 'bytes=300000-' } })).status).toBe(416)
  expect((await fetch(upload.contentUrl!, { headers: { 'if-none-match': `"${sha256}"` } })).status).toBe(304)
  expect((await fetch(upload.contentUrl!, { method: 'HEAD' })).headers.get('content-length')).toBe('300000')
})

it('keeps the same content once and still tells both uploads that they are finished', async () => {
  const bytes = randomBytes(5_000)
  const first = await upload(bytes, { filename: 'a.pdf', filetype: 'application/pdf' })
  const second = await upload(bytes, { filename: 'b.pdf', filetype: 'application/pdf' })
  expect(await headOffset(second)).toBe(5_000)
  const files = await node.adapters.database.read.selectFrom('files').selectAll().where('sha256', '=', digestOf(bytes)).execute()
  expect(files).toHaveLength(1)
  expect((await tus('DELETE', first)).status).toBe(204)
  expect((await fetch(`${base}/api/v1/files/${digestOf(bytes)}`)).status).toBe(200)
  expect((await tus('DELETE', second)).status).toBe(204)
  expect((await fetch(`${base}/api/v1/files/${digestOf(bytes)}`)).status).toBe(404)
})

it('makes the file an encoding of its record, and keeps it there when the record is pushed again', async () => {
  const { id } = await push('r1', '勾股定理')
  const bytes = randomBytes(2_000)
  const sha256 = digestOf(bytes)
  const location = await upload(bytes, { filename: '教案.pdf', filetype: 'application/pdf', source: 'school', record: 'r1' })
  const encoding = {
    contentUrl: `${base}/api/v1/files/${sha256}`,
    encodingFormat: 'application/pdf',
    contentSize: 2_000,
    sha256,
    name: '教案.pdf',
  }
  expect((await resource(id)).encoding).toEqual([encoding])
  await push('r1', '勾股定理的证明')
  expect(await resource(id)).toMatchObject({ name: { 'zh-Hans': '勾股定理的证明' }, encoding: [encoding] })
  await tus('DELETE', location)
  expect((await resource(id)).encoding).toBeUndefined()
})

it('gives a file to a record that comes later', async () => {
  const bytes = randomBytes(1_000)
  await upload(bytes, { filename: 'x.png', filetype: 'image/png', source: 'school', record: 'later' })
  const { id } = await push('later', '后来的')
  expect((await resource(id)).encoding?.map((encoding) => encoding.sha256)).toEqual([digestOf(bytes)])
})

it('shows the file of a record only to those who may see the record', async () => {
  const answer = await call('POST', '/api/v1/sources', {
    id: 'closed',
    name: 'Closed',
    kind: 'push',
    level: 'school',
    defaultScope: 'school',
  })
  expect(answer.statusCode).toBe(201)
  await push('r1', '内部资料', 'closed')
  const bytes = randomBytes(1_000)
  await upload(bytes, { filename: 'x.pdf', filetype: 'application/pdf', source: 'closed', record: 'r1' })
  const url = `${base}/api/v1/files/${digestOf(bytes)}`
  expect((await fetch(url)).status).toBe(404)
  expect((await fetch(url, { headers: node.admin })).status).toBe(200)
})

it('answers 409 to a part that starts elsewhere, and keeps what is there', async () => {
  const location = await begin(100, { filename: 'a.txt', filetype: 'text/plain' })
  await sendPart(location, 0, randomBytes(40))
  expect((await sendPart(location, 30, randomBytes(10))).status).toBe(409)
  expect(await headOffset(location)).toBe(40)
})

it('names the metadata that is missing or wrong', async () => {
  const answer = await create(10, { filetype: 'pdf', record: 'r1' })
  expect(answer.status).toBe(400)
  const problem = await answer.json()
  expect(problem).toMatchObject({ code: 'EDUFED_UPLOAD_METADATA' })
  expect(problem.errors.map((error: { path: string }) => error.path)).toEqual(['filename', 'filetype', 'source'])
})

it('refuses a file above the limit of the key or of the node', async () => {
  const { key: small } = await makeKey({ maxUploadBytes: 1_000 })
  const metadata = { filename: 'a.bin', filetype: 'application/octet-stream' }
  const answer = await create(1_001, metadata, small)
  expect([answer.status, (await answer.json()).code]).toEqual([413, 'EDUFED_UPLOAD_TOO_LARGE'])
  expect((await create(1_000, metadata, small)).status).toBe(201)
  expect((await create(201 * 1_048_576, metadata)).status).toBe(413)
})

it('hides an upload from other keys', async () => {
  const location = await begin(10, { filename: 'a.txt', filetype: 'text/plain' })
  const { key: other } = await makeKey({})
  expect((await tus('HEAD', location, { key: other })).status).toBe(404)
  expect((await tus('DELETE', location, { key: other })).status).toBe(404)
  expect(await headOffset(location)).toBe(0)
})

it('throws away a file that is not the one that was announced', async () => {
  const bytes = randomBytes(100)
  const location = await begin(100, { filename: 'a.bin', filetype: 'application/zip', sha256: digestOf(randomBytes(100)) })
  expect((await sendPart(location, 0, bytes)).status).toBe(460)
  expect((await tus('HEAD', location)).status).toBe(404)
  expect((await fetch(`${base}/api/v1/files/${digestOf(bytes)}`)).status).toBe(404)
})

async function makeKey(input: { maxUploadBytes?: number }): Promise<CreatedApiKey> {
  const answer = await call('POST', '/api/v1/keys', { name: 'test', scopes: ['uploads:write', 'records:write'], ...input })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json()
}

async function push(identifier: string, title: string, source = 'school'): Promise<{ id: string }> {
  const answer = await call('PUT', `/api/v1/sources/${source}/records/${identifier}`, { name: { 'zh-Hans': title } })
  expect(answer.statusCode, answer.body).toBeLessThan(300)
  return answer.json()
}

async function resource(id: string): Promise<LearningResource> {
  const answer = await call('GET', `/api/v1/resources/${encodeURIComponent(id)}`)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

function call(method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  return node.app.inject({ method, url, headers: node.admin, ...(payload ? { payload } : {}) })
}

async function upload(bytes: Buffer, metadata: Record<string, string>): Promise<string> {
  const location = await begin(bytes.length, metadata)
  const answer = await sendPart(location, 0, bytes)
  expect(answer.status, await answer.text()).toBe(204)
  return location
}

async function begin(size: number, metadata: Record<string, string>): Promise<string> {
  const answer = await create(size, metadata)
  expect(answer.status, await answer.clone().text()).toBe(201)
  return new URL(answer.headers.get('location')!, base).href
}

function create(size: number, metadata: Record<string, string>, withKey = key): Promise<Response> {
  const pairs = Object.entries(metadata).map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
  const headers = { 'upload-length': String(size), 'upload-metadata': pairs.join(',') }
  return tus('POST', `${base}/api/v1/uploads`, { headers, key: withKey })
}

function sendPart(location: string, offset: number, body: Uint8Array | ReadableStream): Promise<Response> {
  return tus('PATCH', location, { headers: { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, body })
}

async function headOffset(location: string): Promise<number> {
  return Number((await tus('HEAD', location)).headers.get('upload-offset'))
}

function tus(
  method: string,
  url: string,
  options: { headers?: Record<string, string>; body?: Uint8Array | ReadableStream; key?: string } = {},
): Promise<Response> {
  const headers = { 'tus-resumable': '1.0.0', authorization: `Bearer ${options.key ?? key}`, ...options.headers }
  return fetch(url, { method, headers, ...(options.body ? { body: options.body as BodyInit, duplex: 'half' } : {}) })
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
