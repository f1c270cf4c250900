import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@edufed/sdk'

const mebibyte = 1_048_576
const adminKey = 'edufed_benchmark-administrator-0123456789'
const program = fileURLToPath(new URL('../packages/server/src/cli/main.ts', import.meta.url))

/**
 * Sends a generated file through the SDK to a server process, in pieces of 8 MiB, and gets it back; tells how fast, and by how much the
 * server's memory grew. Into a folder, or into S3 when the environment names a bucket. Prints a table; throws only when the bytes differ.
 */
async function benchmarkUpload(megabytes: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'edufed-bench-'))
  const rows: Record<string, string> = { 'load average before': loadavg()[0]!.toFixed(2) }
  const server = await startServer(directory)
  try {
    const size = megabytes * mebibyte
    const client = createClient({ baseUrl: server.base, apiKey: adminKey })
    await upload(client, 16 * mebibyte)
    const before = await residentBytes(server.base)
    const watch = watchMemory(server.base)

    const sent = await timed(() => upload(client, size))
    rows['sent, digest taken'] = rate(size, sent.seconds)
    rows['server: memory before'] = toMegabytes(before)
    rows['server: memory at most while it came'] = toMegabytes(watch.highest())

    const got = await timed(async () => digestOf((await fetch(sent.value.contentUrl)).body!))
    rows['given out again'] = rate(size, got.seconds)
    await watch.stop()
    rows['server: growth at most'] = toMegabytes(watch.highest() - before)
    if (got.value !== sent.value.sha256) throw new Error('The file that came back is another one')
    rows['load average after'] = loadavg()[0]!.toFixed(2)
  } finally {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  console.log(`Upload of ${megabytes} MiB, ${process.env.S3_BUCKET ? 'S3' : 'folder'}`)
  console.table(rows)
}

async function upload(client: ReturnType<typeof createClient>, size: number): Promise<{ sha256: string; contentUrl: string }> {
  const hash = createHash('sha256')
  const handle = client.uploads.start(generate(size, hash), {
    ...{ filename: 'benchmark.bin', filetype: 'application/octet-stream', size, chunkSize: 8 * mebibyte },
  })
  const { sha256, contentUrl } = await handle.done
  const expected = hash.digest('hex')
  if (sha256 !== expected || contentUrl === undefined) throw new Error(`The server has ${sha256}, sent was ${expected}`)
  return { sha256, contentUrl }
}

/** Bytes that do not repeat, hashed as they go. */
async function* generate(size: number, hash: ReturnType<typeof createHash>): AsyncGenerator<Uint8Array> {
  const block = new Uint32Array(mebibyte / 4)
  let state = 0x9e3779b9 ^ size
  for (let sent = 0; sent < size; sent += mebibyte) {
    for (let index = 0; index < block.length; index += 1) {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      block[index] = state
    }
    const piece = new Uint8Array(block.buffer.slice(0, Math.min(mebibyte, size - sent)))
    hash.update(piece)
    yield piece
  }
}

async function digestOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of body) hash.update(piece)
  return hash.digest('hex')
}

async function startServer(directory: string): Promise<{ base: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [...process.execArgv, program, 'serve'], {
    env: { ...process.env, PORT: '0', EDUFED_DATA_DIR: directory, EDUFED_ADMIN_KEY: adminKey, EDUFED_LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let errors = ''
  const base = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${errors}`)))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text
      const [address] = /http:\/\/[\d.]+:\d+/.exec(errors) ?? []
      if (address) resolve(address)
    })
  })
  return {
    base,
    stop: async () => {
      child.kill()
      await ended
    },
  }
}

function watchMemory(base: string): { highest(): number; stop(): Promise<void> } {
  let highest = 0
  let isStopped = false
  const watching = (async () => {
    while (!isStopped) {
      highest = Math.max(highest, await residentBytes(base))
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  })()
  return {
    highest: () => highest,
    stop: async () => {
      isStopped = true
      await watching
    },
  }
}

async function residentBytes(base: string): Promise<number> {
  const metrics = await (await fetch(`${base}/metrics`, { headers: { authorization: `Bearer ${adminKey}` } })).text()
  return Number(/^process_resident_memory_bytes(?:\{[^}]*\})? (\S+)/m.exec(metrics)?.[1])
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const started = performance.now()
  return { value: await work(), seconds: (performance.now() - started) / 1_000 }
}

function rate(bytes: number, seconds: number): string {
  return `${(bytes / 1e6 / seconds).toFixed(0)} MB/s (${seconds.toFixed(1)} s)`
}

function toMegabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}

await benchmarkUpload(Number(process.argv[2] ?? 1_024))
