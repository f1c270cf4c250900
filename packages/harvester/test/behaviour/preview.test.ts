import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { run as runHere } from '../../src/cli/command.js'
import { widthOf } from '../../src/cli/text-width.js'
import { type FileServer, startFileServer } from '../support/file-server.js'
import { type OaiServer, startOaiServer } from '../support/oai-server.js'

const root = path.resolve(import.meta.dirname, '../../../..')
let folder: string
let server: FileServer
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'edufed-preview-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(async () => {
  server = await startFileServer()
})
afterEach(() => server.close())

const save = (name: string, content: unknown): string => {
  const file = path.join(folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}
const local = ['--allow-network', '127.0.0.0/8']

/** Runs the command in this process. */
async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    const code = await runHere(['node', 'edufed-harvest', ...args, ...local])
    return { code, stdout: out.mock.calls.map(([text]) => text).join(''), stderr: err.mock.calls.map(([text]) => text).join('') }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

const courses = {
  list: [
    { code: 'k-1', info: { title: '分数的初步认识', ug: 'كەسىر سانلار' }, xk: 'SX', path: '1', shared: true },
    { code: 'k-2', info: { title: '静夜思' }, xk: 'YW', path: '2', shared: false },
    { code: 'k-3', info: { title: '机器人入门' }, xk: 'JQR', path: '3', shared: true },
    { code: 'k-4', info: { title: '水火箭' }, xk: 'JQR', path: '4', shared: true },
    { code: 'k-5', info: {}, xk: 'SX', path: '5', shared: true },
  ],
}
const mapping = {
  fields: {
    identifier: 'code',
    name: ['info.title', { from: 'info.ug', language: 'ug-Arab' }],
    subject: { from: 'xk', vocabulary: 'subjects' },
    url: { join: [{ constant: 'https://platform.example/' }, 'path'], with: '' },
  },
  vocabularies: { subjects: { SX: 'mathematics', YW: 'chinese' } },
}

describe('edufed-harvest preview', () => {
  beforeEach(() => server.files.set('/courses.json', JSON.stringify(courses)))

  it('shows records beside what they were made from, coverage, values without a meaning and issues', async () => {
    const { code, stdout, stderr } = await run('preview', `${server.url}/courses.json`, '--mapping', save('m.json', mapping), '--show', '1')
    expect([code, stderr]).toEqual([0, ''])
    await expect(stdout).toMatchFileSnapshot('../fixtures/mapping/preview.txt')
    expect(Math.max(...stdout.split('\n').map(widthOf))).toBeLessThanOrEqual(80)
  })

  it('gives the same as JSON', async () => {
    const { stdout } = await run('preview', `${server.url}/courses.json`, '--mapping', save('m.json', mapping), '--json', '--limit', '4')
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'json-api',
      records: [
        {
          identifier: 'k-1',
          source: expect.arrayContaining([
            { path: 'info.title', text: '分数的初步认识', isRead: true },
            { path: 'shared', text: 'true', isRead: false },
          ]),
          resource: { name: { 'zh-Hans': '分数的初步认识' }, about: [{ notation: 'mathematics' }], url: 'https://platform.example/1' },
        },
        { identifier: 'k-2' },
        { identifier: 'k-3' },
        { identifier: 'k-4' },
      ],
      coverage: { records: 4, name: 4, about: 2 },
      unmapped: [{ path: 'xk', value: 'JQR', count: 2 }],
      unread: [{ path: 'shared', count: 4, sample: 'true' }],
      issues: [{ code: 'concept.unknown', count: 2, samples: ['k-3', 'k-4'] }],
    })
  })

  it('shows without a mapping what is known of the format', async () => {
    server.files.set('/a.csv', '编号,标题,心情\n1,静夜思,好\n')
    const { code, stdout } = await run('preview', `${server.url}/a.csv`)
    expect(code).toBe(0)
    for (const text of ['table, by what is known', '✓ 标题: 静夜思', 'name.zh-Hans: 静夜思', '· 心情: 好']) expect(stdout).toContain(text)
  })

  it('reads a mapping in TypeScript or JavaScript, wherever it stands', async () => {
    const typescript = save(
      'm.ts',
      `import { defineMapping, type Mapping } from '@edufed/harvester'
       const more: Mapping['fields'] = { keywords: 'xk' }
       export default defineMapping({ fields: { identifier: 'code', name: 'info.title', ...more } })`,
    )
    const javascript = save('m.mjs', `export const mapping = { fields: { name: 'code' } }`)
    const show = async (file: string) =>
      JSON.parse((await run('preview', `${server.url}/courses.json`, '--mapping', file, '--json', '--limit', '1')).stdout).records[0]
        .resource
    expect(await show(typescript)).toMatchObject({ name: { 'zh-Hans': '分数的初步认识' }, keywords: [{ value: 'SX' }] })
    expect(Object.values((await show(javascript)).name)).toEqual(['k-1'])
  })

  it.each<[string, string, unknown, string]>([
    [
      'a field that there is not',
      'bad.json',
      { fields: { name: 'a', subjekt: 'b' } },
      'fields/subjekt: is no field of a resource; the nearest is "subject"',
    ],
    ['JSON that is broken', 'broken.json', '{"fields":', 'broken.json cannot be read'],
    ['TypeScript that is broken', 'broken.ts', 'export default {', 'broken.ts cannot be read'],
    ['a module without a mapping', 'none.ts', 'export const other = 1', 'neither a default nor "mapping"'],
    [
      'a fault that defineMapping finds',
      'defined.ts',
      `import { defineMapping } from '@edufed/harvester'\nexport default defineMapping({ fields: { nmae: 'x' } } as never)`,
      'nearest is "name"',
    ],
  ])('refuses %s with its place', async (_, name, content, message) => {
    const { code, stderr } = await run('preview', `${server.url}/courses.json`, '--mapping', save(name, content))
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })

  it('says which connectors take a mapping when this one does not, and that a file is needed to watch', async () => {
    const file = save('m.json', mapping)
    const other = await run('preview', `${server.url}/`, '--kind', 'smartedu', '--mapping', file)
    expect([other.code, other.stderr]).toEqual([
      2,
      expect.stringContaining('oai-pmh, table, sitemap, package, resourcesync, feed, json-api'),
    ])
    expect(await run('preview', `${server.url}/`, '--watch')).toMatchObject({ code: 2, stderr: expect.stringContaining('--mapping') })
  })

  it('names the nearest column when the table has not the one of the mapping', async () => {
    server.files.set('/a.csv', '编号,资源标题\n1,静夜思\n')
    const { code, stderr } = await run('preview', `${server.url}/a.csv`, '--mapping', save('t.json', { fields: { name: '资源标提' } }))
    expect([code, stderr]).toEqual([2, expect.stringContaining('mapping/fields/name')])
    expect(stderr).toContain('the nearest is "资源标题"')
  })
})

describe('edufed-harvest --mapping', () => {
  it('harvests a metadata format of OAI-PMH that nobody knows, also in threads', async () => {
    const records = Array.from({ length: 3 }, (_, index) => ({
      identifier: `oai:x:${index + 1}`,
      datestamp: '2024-01-01T00:00:00Z',
      isDeleted: false,
      title: '',
      language: 'de',
      metadata: `<k:kurs xmlns:k="urn:kurs" nr="${index + 1}"><k:kopf><k:titel xml:lang="de">Kurs ${index + 1}</k:titel></k:kopf><k:fach>${index < 2 ? 'MA' : 'ZZ'}</k:fach></k:kurs>`,
    }))
    const oai: OaiServer = await startOaiServer({ records, formats: ['kurs'] })
    const file = save('kurs.json', {
      fields: { name: 'kopf.titel', identifier: '@nr', subject: { from: 'fach', vocabulary: 'f' } },
      vocabularies: { f: { MA: 'mathematics' } },
    })
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--conditions=@edufed/source', main, oai.url(), ...local, '--mapping', file, '--threads', '1', '--quiet'],
      { cwd: root },
    )
    const [stdout] = await Promise.all([collect(child), once(child, 'close')])
    const previewed = await run('preview', oai.url(), '--mapping', file, '--json')
    await oai.close()
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ identifier, resource }) => [identifier, resource.name, resource.identifier])).toEqual([
      ['oai:x:1', { de: 'Kurs 1' }, [{ scheme: 'local', value: '1' }]],
      ['oai:x:2', { de: 'Kurs 2' }, [{ scheme: 'local', value: '2' }]],
      ['oai:x:3', { de: 'Kurs 3' }, [{ scheme: 'local', value: '3' }]],
    ])
    const preview = JSON.parse(previewed.stdout)
    expect(preview.records.map(({ resource }: { resource: unknown }) => resource)).toEqual(lines.map(({ resource }) => resource))
    expect(preview.records[0].source).toEqual([
      { path: '@nr', text: '1', isRead: true },
      { path: 'kopf.titel', text: 'Kurs 1', isRead: true },
      { path: 'fach', text: 'MA', isRead: true },
    ])
    expect(preview.unmapped).toEqual([{ path: 'fach', value: 'ZZ', count: 1 }])
  }, 60_000)

  it('reads the records of an XML document that is no feed', async () => {
    server.files.set(
      '/katalog.xml',
      '<katalog><satz id="1"><titel>Wasser</titel><datei href="/w.pdf"/></satz><satz id="2"><titel>Luft</titel></satz></katalog>',
    )
    const file = save('katalog.json', { language: 'de', fields: { identifier: '@id', name: 'titel', contentUrl: 'datei.@href' } })
    const unknown = await run('preview', `${server.url}/katalog.xml`)
    expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining('--kind feed --setting entry=NAME')])
    const { stdout } = await run(
      'preview',
      `${server.url}/katalog.xml`,
      '--kind',
      'feed',
      '--setting',
      'entry=satz',
      '--mapping',
      file,
      '--json',
    )
    const { records } = JSON.parse(stdout)
    expect(
      records.map(({ identifier, resource }: { identifier: string; resource: { name: unknown } }) => [identifier, resource.name]),
    ).toEqual([
      ['1', { de: 'Wasser' }],
      ['2', { de: 'Luft' }],
    ])
  })
})

const main = path.join(root, 'packages/harvester/src/cli/main.ts')

async function collect(child: ChildProcess): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout ?? []) text += chunk
  return text
}

describe('edufed-harvest preview --watch', { timeout: 60_000 }, () => {
  it('shows the records again when the mapping is saved, without asking the platform again, and waits out a fault', async () => {
    server.files.set('/courses.json', JSON.stringify(courses))
    const file = save('watched.json', mapping)
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        '--conditions=@edufed/source',
        main,
        'preview',
        `${server.url}/courses.json`,
        ...local,
        '--mapping',
        file,
        '--watch',
      ],
      { cwd: root },
    )
    let shown = ''
    const listeners = new Set<() => void>()
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        shown += chunk
        for (const listener of listeners) listener()
      })
    }
    /** What is shown until the text comes, taken away. */
    const until = (text: string) =>
      new Promise<string>((resolve) => {
        const look = () => {
          const end = shown.indexOf(text)
          if (end === -1) return
          listeners.delete(look)
          const seen = shown.slice(0, end + text.length)
          shown = shown.slice(end + text.length)
          resolve(seen)
        }
        listeners.add(look)
        look()
      })
    expect(await until('Ctrl+C ends')).toContain('2 × xk "JQR"')
    const asked = server.requests.length
    save('watched.json', { fields: { nmae: 'info.title' } })
    expect(await until('nearest is "name"')).toContain('/fields/nmae')
    await until('Ctrl+C ends')
    save('watched.json', { ...mapping, vocabularies: { subjects: { ...mapping.vocabularies.subjects, JQR: 'information-technology' } } })
    const again = await until('Ctrl+C ends')
    expect(again).toContain('5 records looked at')
    expect(again).not.toContain('JQR"')
    expect(server.requests.length).toBe(asked)
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})
