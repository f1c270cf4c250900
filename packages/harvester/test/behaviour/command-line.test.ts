import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { run as runHere } from '../../src/cli/command.js'
import { makeOaiRecords } from '../support/oai-records.js'
import { type OaiServer, startOaiServer } from '../support/oai-server.js'

const root = path.resolve(import.meta.dirname, '../../../..')
let server: OaiServer
let folder: string
beforeAll(async () => {
  server = await startOaiServer({ records: makeOaiRecords(400), pageSize: 10 })
  folder = mkdtempSync(path.join(tmpdir(), 'edufed-harvest-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await server.close()
})

const local = ['--allow-network', '127.0.0.0/8', '--setting', 'retryDelayMs=1']
const main = path.join(root, 'packages/harvester/src/cli/main.ts')
const start = (args: string[], stdout: 'pipe' | number = 'pipe'): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', '--conditions=@edufed/source', main, ...args], {
    cwd: root,
    stdio: ['ignore', stdout, 'pipe'],
  })

async function run(args: string[], file?: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const fd = file === undefined ? undefined : openSync(file, 'a')
  const child = start(args, fd ?? 'pipe')
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (fd !== undefined) closeSync(fd)
  return { code, stdout, stderr }
}

const identifiersOf = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { identifier: string }).identifier)

const inOrder = (identifiers: readonly string[]) =>
  [...identifiers].sort((a, b) => Number(a.split(':').at(-1)) - Number(b.split(':').at(-1)))

const pagesSince = (before: number) => server.requests.slice(before).filter((query) => query.includes('resumptionToken')).length

// Each run starts a process of its own.
describe('edufed-harvest', { timeout: 90_000 }, () => {
  it('finds out what the address is, prints a line a record, and exits 0', async () => {
    const report = path.join(folder, 'report.json')
    const { code, stdout, stderr } = await run([server.url(), ...local, '--report', report, '--user', 'me:secret'])
    expect(code).toBe(0)
    expect(identifiersOf(stdout)).toEqual(server.records.map((record) => record.identifier))
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({
      type: 'record',
      resource: { name: { 'zh-Hans': '一元二次方程的解法 1' } },
    })
    expect(stderr).toContain('completed: 400 records taken')
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
      state: 'completed',
      counts: { taken: 400 },
      source: { settings: { password: '[redacted]' } },
    })
  })

  it('exits 3 when the list was read only in part', async () => {
    const { code, stderr } = await run([server.url('truncated-always'), ...local, '--kind', 'oai-pmh'])
    expect(code).toBe(3)
    expect(stderr).toContain('EDUFED_FETCH_TRUNCATED')
  })

  it.each([
    ['no address', [], 2, 'url'],
    ['an unknown connector', ['http://127.0.0.1:1/', '--kind', 'gopher'], 2, 'oai-pmh'],
    ['a date that is none', ['http://127.0.0.1:1/', '--kind', 'oai-pmh', '--from', 'yesterday'], 2, 'from'],
    ['a network that is none', ['http://127.0.0.1:1/', '--allow-network', 'home'], 2, 'home'],
    ['a private address', ['http://127.0.0.1:1/'], 3, '--allow-network'],
  ])('answers %s with its exit code and what to do', async (_, args, code, word) => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    try {
      expect(await runHere(['node', 'edufed-harvest', ...args])).toBe(code)
      expect(stderr.mock.calls.join('')).toContain(word)
    } finally {
      stderr.mockRestore()
    }
  })

  it('says its version', async () => {
    const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    try {
      expect(await runHere(['node', 'edufed-harvest', '--version'])).toBe(0)
      expect(stdout.mock.calls.join('').trim()).toBe(manifest.version)
    } finally {
      stdout.mockRestore()
    }
  })

  it.each([
    ['one window', 1],
    ['four windows at a time', 4],
  ])('continues the output exactly after kill -9, in %s', async (_, windows) => {
    const output = path.join(folder, `records-${windows}.ndjson`)
    const checkpoint = path.join(folder, `checkpoint-${windows}.json`)
    const args = [server.url(), ...local, '--kind', 'oai-pmh', '--checkpoint', checkpoint, '--setting', `parallelWindows=${windows}`]
    for (let kills = 0; kills < 2; kills++) {
      const fd = openSync(output, 'a')
      const before = server.requests.length
      const child = start(args, fd)
      const closed = once(child, 'close')
      while (pagesSince(before) < 5 && child.exitCode === null) await new Promise((resolve) => setImmediate(resolve))
      child.kill('SIGKILL')
      await closed
      closeSync(fd)
    }
    expect(existsSync(checkpoint)).toBe(true)
    expect(identifiersOf(readFileSync(output, 'utf8').replace(/[^\n]*$/, '')).length).toBeLessThan(400)
    const { code } = await run(args, output)
    expect(code).toBe(0)
    const identifiers = identifiersOf(readFileSync(output, 'utf8'))
    // Windows come in the order in which they were answered.
    expect(windows > 1 ? inOrder(identifiers) : identifiers).toEqual(server.records.map((record) => record.identifier))
    const again = await run(args, output)
    expect(again.stderr).toContain('was completed')
  })
})
