import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Harvest, Source, Upload } from '@edufed/sdk/schemas'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeOaiRecords } from '../../../harvester/test/support/oai-records.js'
import { type OaiServer, startOaiServer } from '../../../harvester/test/support/oai-server.js'
import { processAdminKey, type ServerProcess, startServerProcess } from '../support/server-process.js'

const admin = { authorization: `Bearer ${processAdminKey}` }
const timeout = 180_000
let folder: string
let platform: OaiServer
let server: ServerProcess

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edufed-killed-'))
  platform = await startOaiServer({ records: makeOaiRecords(2_000), pageSize: 20 })
  server = await startServerProcess(folder)
}, timeout)

afterAll(async () => {
  await server?.kill()
  await platform?.close()
  await rm(folder, { recursive: true, force: true })
})

it(
  'goes on with a harvest where it was killed: every record once, and the counts add up',
  async () => {
    await call('POST', '/api/v1/sources', {
      id: 'school',
      name: 'School',
      kind: 'oai-pmh',
      level: 'school',
      settings: { url: platform.url() },
    })
    const { id } = await call<Harvest>('POST', '/api/v1/sources/school/harvests', {})
    const before = await waitFor(id, ({ counts }) => counts.taken >= 200)
    await server.kill()
    expect(before.state).toBe('running')
    const listsBefore = platform.requests.length

    server = await startServerProcess(folder)
    const harvest = await waitFor(id, ({ state }) => state !== 'queued' && state !== 'running')
    expect(harvest.state).toBe('completed')
    const { taken, created, updated, unchanged, deleted, quarantined } = harvest.counts
    expect(taken).toBe(2_000)
    expect(taken).toBe(created + updated + unchanged + deleted + quarantined)
    expect((await call<Source>('GET', '/api/v1/sources/school')).recordCount).toBe(1_800)
    // It did not begin from the beginning: 100 pages in all, and few of them twice.
    expect(platform.requests.length - listsBefore).toBeLessThan(100)
    const { total } = await call<{ total: number }>('GET', '/api/v1/search?source=school&limit=0')
    expect(total).toBeLessThanOrEqual(1_800)
  },
  timeout,
)

it(
  'goes on with an upload where it was killed, and the digest is right',
  async () => {
    const bytes = randomBytes(6 * 1_048_576)
    const location = await begin(bytes.length)
    await patch(location, 0, bytes.subarray(0, 1_048_576))
    // The rest comes slowly, so that the process dies in the middle of it.
    const rest = new ReadableStream({
      async start(controller) {
        controller.enqueue(bytes.subarray(1_048_576, 3 * 1_048_576))
      },
    })
    const broken = patch(location, 1_048_576, rest).catch(() => undefined)
    await waitForOffset(location)
    await server.kill()
    await broken

    server = await startServerProcess(folder)
    const head = await tus('HEAD', location)
    const offset = Number(head.headers.get('upload-offset'))
    expect(offset).toBeGreaterThanOrEqual(1_048_576)
    expect(offset).toBeLessThan(bytes.length)
    expect((await patch(location, offset, bytes.subarray(offset))).status).toBe(204)
    const upload = (await (await tus('GET', location)).json()) as Upload
    expect(upload.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    const file = await fetch(`${server.base}/api/v1/files/${upload.sha256}`)
    expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true)
  },
  timeout,
)

it(
  'takes a file of 256 MiB in flat memory',
  async () => {
    const piece = Buffer.alloc(1_048_576)
    const location = await begin(256 * piece.length)
    const before = await residentBytes()
    let peak = before
    let sent = 0
    const body = new ReadableStream({
      async pull(controller) {
        if (sent++ === 256) return controller.close()
        if (sent % 32 === 0) peak = Math.max(peak, await residentBytes())
        controller.enqueue(piece)
      },
    })
    expect((await patch(location, 0, body)).status).toBe(204)
    peak = Math.max(peak, await residentBytes())
    expect(peak - before).toBeLessThan(128 * 1_048_576)
  },
  timeout,
)

it(
  'stops within seconds when it is told to, also while someone follows the harvests live',
  async () => {
    const stream = await fetch(`${server.base}/api/v1/harvests`, { headers: { ...admin, accept: 'text/event-stream' } })
    expect(stream.status).toBe(200)
    const askedAt = performance.now()
    expect(await server.stop()).toBe(0)
    expect(performance.now() - askedAt).toBeLessThan(8_000)
    await stream.body?.cancel().catch(() => undefined)
  },
  timeout,
)

async function waitFor(id: string, isRight: (harvest: Harvest) => boolean): Promise<Harvest> {
  for (;;) {
    const harvest = await call<Harvest>('GET', `/api/v1/sources/school/harvests/${id}`)
    if (isRight(harvest)) return harvest
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** Resolves when the file in the store has grown behind its first part. */
async function waitForOffset(location: string): Promise<void> {
  for (;;) {
    const upload = (await (await tus('GET', location)).json()) as Upload
    if (upload.offset > 1_048_576) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

async function residentBytes(): Promise<number> {
  const text = await (await fetch(`${server.base}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1])
}

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${server.base}${path}`, {
    method,
    headers: { ...admin, accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

async function begin(size: number): Promise<string> {
  const metadata = `filename ${btoa('lesson.mp4')},filetype ${btoa('video/mp4')}`
  const answer = await tus('POST', '/api/v1/uploads', { 'upload-length': String(size), 'upload-metadata': metadata })
  expect(answer.status).toBe(201)
  return answer.headers.get('location')!
}

function patch(location: string, offset: number, body: Uint8Array | ReadableStream): Promise<Response> {
  return tus('PATCH', location, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, body)
}

function tus(method: string, path: string, headers: Record<string, string> = {}, body?: Uint8Array | ReadableStream): Promise<Response> {
  const init = { method, headers: { ...admin, 'tus-resumable': '1.0.0', ...headers }, ...(body ? { body, duplex: 'half' } : {}) }
  return fetch(new URL(path, server.base), init as RequestInit)
}
