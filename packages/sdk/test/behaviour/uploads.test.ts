import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, openAsBlob } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createClient, isAbortError, isPermissionError, isUsageError, type UploadInput, type UploadProgress } from '@edufed/sdk'
import { describe, expect, it, onTestFinished } from 'vitest'
import { failureOf } from '../support/collect.js'
import { sendProblem } from '../support/loopback-node.js'
import { startTusNode } from '../support/tus-node.js'

const bytes = randomBytes(300_000)
const sha256 = createHash('sha256').update(bytes).digest('hex')
const chunkSize = 64 * 1024
const common = { chunkSize }

async function aFile(): Promise<{ path: string; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'edufed-upload-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'lesson.bin')
  await writeFile(path, bytes)
  return { path, folder }
}

function disturbs(run: () => unknown): true {
  run()
  return true
}

/** Pieces that fit neither the chunks nor each other. */
async function* pieces() {
  for (let start = 0; start < bytes.length; start += 10_007) yield bytes.subarray(start, start + 10_007)
}

describe('every kind of file arrives whole', () => {
  const kinds: Record<string, () => UploadInput | Promise<UploadInput>> = {
    bytes: () => bytes,
    'a Blob': () => new Blob([bytes]),
    'a Blob of a path': async () => openAsBlob((await aFile()).path),
    'a file stream': async () => createReadStream((await aFile()).path),
    'a Node stream': () => Readable.from(pieces()),
    'a web stream': () => Readable.toWeb(Readable.from(pieces())) as ReadableStream<Uint8Array>,
    'an async iterable': () => pieces(),
  }
  it.each(Object.entries(kinds))('%s', async (_, create) => {
    const node = await startTusNode()
    const upload = createClient({ baseUrl: node.baseUrl, apiKey: 'edufed_k' }).uploads.start(await create(), common)
    expect(await upload.done).toMatchObject({ size: bytes.length, sha256 })
    expect(node.requests.every(({ headers }) => headers.authorization === 'Bearer edufed_k')).toBe(true)
    expect(node.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(5)
  })
})

it('tells the node what the file is, and the caller how far it is', async () => {
  const node = await startTusNode()
  const progress: UploadProgress[] = []
  const file = new File([bytes], '第一课.pdf', { type: 'application/pdf' })
  const upload = createClient({ baseUrl: node.baseUrl }).uploads.start(file, {
    ...common,
    sourceId: 'our-school',
    recordIdentifier: 'lesson/1',
    onProgress: (step) => progress.push(step),
  })
  expect(await upload.done).toMatchObject({ filename: '第一课.pdf', filetype: 'application/pdf', source: 'our-school', record: 'lesson/1' })
  expect(upload.progress).toEqual({ sentBytes: bytes.length, totalBytes: bytes.length })
  const sent = progress.map(({ sentBytes }) => sentBytes)
  expect(sent).toEqual([...sent].sort((a, b) => a - b))
  expect(new Set(sent).size).toBeGreaterThan(4)
})

it('uploads a file of no bytes', async () => {
  const node = await startTusNode()
  expect(await createClient({ baseUrl: node.baseUrl }).uploads.start(new Uint8Array(0), common).done).toMatchObject({ size: 0 })
})

it.each([
  ['a connection that breaks', (response: ServerResponse) => response.socket?.destroy()],
  ['a node that is busy', (response: ServerResponse) => sendProblem(response, 503, 'EDUFED_BUSY', {}, { 'retry-after': '0' })],
])('goes on after %s in the middle', async (_, disturb) => {
  let patches = 0
  const node = await startTusNode((request, response) => {
    if (request.method === 'PATCH' && ++patches === 3) return disturbs(() => disturb(response))
    return false
  })
  expect(await createClient({ baseUrl: node.baseUrl }).uploads.start(Readable.from(pieces()), common).done).toMatchObject({ sha256 })
  expect(node.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

it('does not begin anew when the question for the offset fails', async () => {
  let heads = 0
  const node = await startTusNode((request, response) => {
    if (request.method === 'PATCH' && heads === 0) return disturbs(() => response.socket?.destroy())
    if (request.method === 'HEAD' && heads++ === 0) return disturbs(() => response.writeHead(500, { 'retry-after': '0' }).end())
    return false
  })
  expect(await createClient({ baseUrl: node.baseUrl }).uploads.start(bytes, common).done).toMatchObject({ sha256 })
  expect(node.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

it('pauses and resumes where it was', async () => {
  const node = await startTusNode()
  const upload = createClient({ baseUrl: node.baseUrl }).uploads.start(bytes, {
    ...common,
    onProgress: ({ sentBytes }) => {
      if (sentBytes !== chunkSize * 2 || isPaused) return
      isPaused = true
      upload.pause()
      setImmediate(() => upload.resume())
    },
  })
  let isPaused = false
  expect(await upload.done).toMatchObject({ sha256 })
  expect(isPaused).toBe(true)
  expect(node.requests.map(({ method }) => method)).toContain('HEAD')
  expect(node.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

it('goes on in a process started anew', async () => {
  const { path, folder } = await aFile()
  const resumeFile = join(folder, 'uploads.json')
  const node = await startTusNode()
  const { uploads } = createClient({ baseUrl: node.baseUrl })
  const controller = new AbortController()
  const stopped = uploads.start(createReadStream(path), {
    ...common,
    resumeFile,
    signal: controller.signal,
    onProgress: ({ sentBytes }) => {
      if (sentBytes >= chunkSize * 3) controller.abort()
    },
  })
  expect(isAbortError(await failureOf(stopped.done))).toBe(true)
  const before = node.requests.length
  expect(await uploads.start(createReadStream(path), { ...common, resumeFile }).done).toMatchObject({ sha256 })
  const after = node.requests.slice(before).map(({ method }) => method)
  expect(after[0]).toBe('HEAD')
  expect(after).not.toContain('POST')
  expect(after.filter((method) => method === 'PATCH').length).toBeLessThan(5)
})

it('deletes at the node what was aborted', async () => {
  const node = await startTusNode()
  const { uploads } = createClient({ baseUrl: node.baseUrl })
  let onHalf = () => {}
  const half = new Promise<void>((resolve) => {
    onHalf = resolve
  })
  const upload = uploads.start(bytes, { ...common, onProgress: ({ sentBytes }) => sentBytes >= chunkSize && onHalf() })
  await half
  await upload.abort()
  expect(isAbortError(await failureOf(upload.done))).toBe(true)
  expect(node.requests.at(-1)?.method).toBe('DELETE')
})

it('fails with a typed error when the key may not upload', async () => {
  const node = await startTusNode((_, response) => {
    sendProblem(response, 403, 'EDUFED_SCOPE_MISSING')
    return true
  })
  const error = await failureOf(createClient({ baseUrl: node.baseUrl }).uploads.start(bytes, common).done)
  expect(isPermissionError(error)).toBe(true)
  expect(error).toMatchObject({ code: 'EDUFED_SCOPE_MISSING', requestId: 'req-1' })
  expect(node.requests).toHaveLength(1)
})

it.each([
  ['has fewer bytes than it said', () => pieces(), bytes.length + 1],
  ['has more bytes than it said', () => pieces(), bytes.length - 1],
  [
    'fails',
    async function* () {
      yield bytes.subarray(0, 100_000)
      throw new Error('The camera was unplugged')
    },
    undefined,
  ],
])('does not take a stream for whole that %s', async (_, create, size) => {
  const node = await startTusNode()
  const error = await failureOf(createClient({ baseUrl: node.baseUrl }).uploads.start(create(), { ...common, ...(size && { size }) }).done)
  expect(isUsageError(error)).toBe(true)
})
