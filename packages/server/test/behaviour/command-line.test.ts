import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Harvest, Source } from '@edufed/sdk/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OaiServer, startOaiServer } from '../../../harvester/test/support/oai-server.js'
import { createSqliteSearchIndex } from '../../src/search/sqlite/sqlite-search-index.js'
import { runCommand } from '../support/run-command.js'
import { aDocument } from '../support/search-documents.js'
import { type ServerProcess, startServerProcess } from '../support/server-process.js'

const timeout = 120_000
let folder: string
let platform: OaiServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edufed-cli-'))
  platform = await startOaiServer()
})

afterAll(async () => {
  await platform.close()
  await rm(folder, { recursive: true, force: true })
})

const edufed = (...args: string[]) =>
  runCommand(args, { EDUFED_DATA_DIR: join(folder, 'data'), EDUFED_ALLOW_NETWORKS: '127.0.0.0/8', EDUFED_LOG_LEVEL: 'silent', PORT: '0' })

describe('edufed, on a fresh folder and then with a source', { timeout }, () => {
  let server: ServerProcess | undefined
  let key: string
  afterAll(() => server?.kill())

  it('migrates once', async () => {
    const first = await edufed('migrate')
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('001-initial-tables') })
    expect(await edufed('migrate')).toMatchObject({ code: 0, stdout: 'The schema is up to date\n' })
  })

  it('lists no sources, and finds none to harvest', async () => {
    expect(await edufed('sources', 'list')).toMatchObject({ code: 0, stdout: '' })
    const harvest = await edufed('harvest', 'library')
    expect([harvest.code, harvest.stderr]).toEqual([1, expect.stringContaining('EDUFED_SOURCE_NOT_FOUND')])
  })

  it('makes a key, and says which option of another is wrong', async () => {
    const made = await edufed('keys', 'create', '--name', 'admin', '--scopes', 'admin')
    key = made.stdout.trim()
    expect([made.code, key]).toEqual([0, expect.stringMatching(/^edufed_\S{20,}$/)])
    const create = ['keys', 'create', '--name', 'x', '--scopes', 'read']
    for (const [option, value, says] of [
      ['--expires', 'yesterday', 'not a date'],
      ['--expires', '2020-01-01', 'in the past'],
      ['--member', 'nobody', '/memberId no member has the id nobody'],
      ['--scopes', 'everything', 'There is no scope everything'],
    ] as const) {
      const { code, stdout, stderr } = await edufed(...create, option, value)
      expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining(says)])
      expect(stderr).not.toContain('    at ')
    }
  })

  it('says how to ask the running server, which takes the key', async () => {
    server = await startServerProcess(join(folder, 'data'), { EDUFED_ADMIN_KEY: '' })
    const commands = [
      [['harvest', 'library'], 'POST /api/v1/sources/library/harvests'],
      [['reindex'], 'POST /api/v1/reindex'],
      [['index', 'verify'], 'POST /api/v1/index/verification'],
      [['sources', 'list'], 'GET /api/v1/sources'],
      [['keys', 'create', '--name', 'x', '--scopes', 'read'], 'POST /api/v1/keys'],
      [['migrate'], 'brought its database up to date'],
    ] as const
    const results = await Promise.all(commands.map(([command]) => edufed(...command)))
    for (const [index, { code, stdout, stderr }] of results.entries()) {
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).toMatch(new RegExp(`^EDUFED_DATABASE_LOCKED: .*\\n.*${commands[index]![1]}`))
    }
    const input = { id: 'library', name: 'Library', kind: 'oai-pmh', level: 'provincial', settings: { url: platform.url() } }
    const answer = await fetch(`${server.base}/api/v1/sources`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    expect(answer.status, await answer.clone().text()).toBe(201)
    expect(await server.stop()).toBe(0)
  })

  it('harvests a source to its end, in full when told to, and builds the index anew', async () => {
    const first = await edufed('harvest', 'library')
    expect(first.stderr).toContain('completed: 100 of 100 taken, 90 new')
    expect([first.code, JSON.parse(first.stdout) as Harvest]).toMatchObject([0, { state: 'completed', counts: { created: 90 } }])
    const full = await edufed('harvest', 'library', '--full')
    expect([full.code, JSON.parse(full.stdout) as Harvest]).toMatchObject([
      0,
      { mode: 'full', counts: { taken: 100, created: 0, updated: 0 } },
    ])
    const list = await edufed('sources', 'list')
    expect(
      list.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Source),
    ).toMatchObject([{ id: 'library', recordCount: 90 }])
    expect(await edufed('reindex')).toMatchObject({ code: 0, stdout: '90 documents, up to change 90\n' })
  })

  it('compares the index with the catalogue, and heals what differs', async () => {
    expect(await edufed('index', 'verify')).toMatchObject({ code: 0, stderr: expect.stringContaining('same: 0 missing') })
    const index = createSqliteSearchIndex({ directory: join(folder, 'data', 'search') })
    await index.open()
    const [first, second] = await index.listEntries({}, { limit: 2 })
    await index.repair([
      { type: 'delete', ...first! },
      { type: 'delete', ...second! },
      { type: 'put', document: aDocument({ sequence: 1 }) },
    ])
    await index.close()
    const looked = await edufed('index', 'verify', '--dry-run')
    expect([looked.code, JSON.parse(looked.stdout)]).toMatchObject([
      3,
      { outcome: 'different', missing: 2, surplus: 1, healed: 0, left: 3 },
    ])
    const healed = await edufed('index', 'verify')
    expect([healed.code, JSON.parse(healed.stdout)]).toMatchObject([0, { outcome: 'healed', missing: 2, surplus: 1, healed: 3, left: 0 }])
    expect((await edufed('index', 'verify')).code).toBe(0)
  })

  it('refuses the positions of before a restore, and finds everything again', async () => {
    const data = join(folder, 'data')
    const before = await startServerProcess(data)
    const { cursor } = (await (await fetch(`${before.base}/api/v1/changes`)).json()) as { cursor: string }
    const search = async (base: string) => ((await (await fetch(`${base}/api/v1/search`)).json()) as { total: number }).total
    const total = await search(before.base)
    expect(total).toBeGreaterThan(0)
    const whileItRuns = await edufed('restored')
    expect([whileItRuns.code, whileItRuns.stderr]).toEqual([1, expect.stringContaining('Stop the server first')])
    expect(await before.stop()).toBe(0)

    expect(await edufed('restored')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The change log is \S{36} now\n$/) })
    const after = await startServerProcess(data)
    try {
      const answer = await fetch(`${after.base}/api/v1/changes?${new URLSearchParams({ after: cursor })}`)
      expect(await answer.json()).toMatchObject({ status: 400, code: 'EDUFED_CURSOR_INVALID' })
      await expect.poll(() => search(after.base), { timeout: 30_000 }).toBe(total)
      const anew = (await (await fetch(`${after.base}/api/v1/changes`)).json()) as { changes: unknown[] }
      expect(anew.changes.length).toBeGreaterThan(0)
    } finally {
      await after.kill()
    }
  })

  it('ends with 3 when the source cannot be read', async () => {
    await platform.close()
    const harvest = await edufed('harvest', 'library', '--full')
    expect([harvest.code, JSON.parse(harvest.stdout) as Harvest]).toMatchObject([
      3,
      { state: 'failed', error: { code: expect.any(String) } },
    ])
  })
})

it('edufed config shows what is in force, with secrets hidden, and names what is wrong', { timeout }, async () => {
  const env = { EDUFED_DATA_DIR: folder, EDUFED_ADMIN_KEY: 'a-key-that-nobody-may-read-here', PORT: '' }
  const shown = await runCommand(['config'], env)
  expect(shown.code).toBe(0)
  expect(shown.stdout.split('\n')).toEqual(
    expect.arrayContaining([`EDUFED_DATA_DIR=${folder}`, 'EDUFED_ADMIN_KEY=[redacted]', 'PORT=3000  # default']),
  )
  const wrong = await runCommand(['config'], { ...env, EDUFED_DATADIR: folder })
  expect([wrong.code, wrong.stdout, wrong.stderr]).toEqual([1, '', expect.stringMatching(/EDUFED_DATADIR.*EDUFED_DATA_DIR/)])
})

it('edufed says which database cannot be used', { timeout }, async () => {
  const url = 'postgres://edufed:secret@127.0.0.1:1/edufed'
  for (const command of ['migrate', 'serve']) {
    const { code, stderr } = await runCommand([command], { EDUFED_DATA_DIR: folder, DATABASE_URL: url })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^EDUFED_DATABASE_UNAVAILABLE: PostgreSQL cannot be used: ECONNREFUSED \(.*127\.0\.0\.1:1/)
    expect(stderr).not.toContain('secret')
  }
})

it('edufed says that its address is taken, and ends', { timeout }, async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  try {
    const { code, stderr } = await runCommand(['serve'], { EDUFED_DATA_DIR: join(folder, 'taken'), PORT: String(port) })
    expect(code).toBe(1)
    expect(stderr).toMatch(new RegExp(`^EDUFED_ADDRESS_UNAVAILABLE: 127\\.0\\.0\\.1, port ${port}: another program listens there`, 'm'))
    expect(stderr).toContain('name another PORT')
  } finally {
    other.close()
  }
})
