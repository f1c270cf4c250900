import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findConnector } from '../../src/connectors/index.js'
import { assertSettings } from '../../src/connectors/settings-check.js'
import { defineMapping } from '../../src/crosswalks/mapping/define-mapping.js'
import { resourceFields } from '../../src/crosswalks/resource-fields.js'
import { type FileServer, startFileServer } from '../support/file-server.js'
import { makeOaiRecords } from '../support/oai-records.js'
import { type OaiServer, startOaiServer } from '../support/oai-server.js'

const root = path.resolve(import.meta.dirname, '../../../..')
const guide = readFileSync(path.join(root, 'docs/guides/map-a-source.md'), 'utf8')
const blocks = [...guide.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(([, language = '', info = '', text = '']) => ({
  language,
  info,
  text,
}))
const commands = blocks.filter(({ language, info }) => language === 'sh' && info === '').map(({ text }) => text.trim())
const shown = blocks.filter(({ language }) => language === 'text').map(({ text }) => text.trim())

let folder: string
let server: FileServer
let oai: OaiServer
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'edufed-guide-'))
  const files = blocks.filter(({ language, info }) => language !== 'sh' && info !== '')
  for (const { info, text } of files) writeFileSync(path.join(folder, info), text)
  server = await startFileServer(Object.fromEntries(files.map(({ info, text }) => [`/${info}`, text])))
  const [record] = makeOaiRecords(1)
  const metadata = '<资源><资源题名>分数的初步认识</资源题名><学科>数学</学科><难易程度>容易</难易程度><服务器>甲</服务器></资源>'
  oai = await startOaiServer({ records: record ? [{ ...record, metadata }] : [], formats: ['jyt0607'] })
})
afterAll(async () => {
  await oai.close()
  await server.close()
  rmSync(folder, { recursive: true })
})

/** The command of the guide, with the platform on loopback. */
function start(command: string): ChildProcess {
  const [npx, name, ...words] = command.replace(/ > \S+$/, '').split(' ')
  expect([npx, name]).toEqual(['npx', 'edufed-harvest'])
  const args = words.map((word) =>
    /\.(ts|json)$/.test(word) && !word.includes('/')
      ? path.join(folder, word)
      : word.replace('https://platform.example/oai', oai.url()).replace('https://platform.example', server.url),
  )
  const main = path.join(root, 'packages/harvester/src/cli/main.ts')
  const node = ['--import', 'tsx', '--conditions=@edufed/source', main, ...args, '--allow-network', '127.0.0.0/8']
  return spawn(process.execPath, node, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function run(command: string): Promise<string> {
  const child = start(command)
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  const [code] = await once(child, 'close')
  expect([code, stderr]).toEqual([0, command.includes('preview') ? '' : expect.stringContaining('completed')])
  return stdout
}

const find = (...words: string[]) => commands.find((command) => words.every((word) => command.includes(word))) ?? ''

describe('the guide on mappings', { timeout: 60_000 }, () => {
  it('has these commands, each of which is run here', () => {
    expect(commands).toHaveLength(4)
  })

  it('lists the texts of a record without a mapping', async () => {
    const text = await run(commands[0] ?? '')
    expect(text).toContain('info.title: 分数的初步认识')
  })

  it('shows what the preview shows, and what changes when a value gets a meaning', async () => {
    const child = start(find('--watch'))
    const seen = watchOutput(child)
    const first = await seen('Ctrl+C ends')
    const [example = '', unmapped = '', fault = ''] = shown
    for (const line of `${example}\n${unmapped}`.split('\n').filter(Boolean)) expect(first).toContain(line)
    const file = path.join(folder, 'county.ts')
    writeFileSync(file, readFileSync(file, 'utf8').replace("YW: 'chinese'", "YW: 'chinese', JQR: 'information-technology'"))
    const second = await seen('Ctrl+C ends')
    expect(second).toContain('4 records looked at')
    expect(second).not.toContain('Values without a meaning')
    child.kill('SIGINT')
    await once(child, 'exit')
    const bad = { fields: { name: 'x', subjekt: 'y' } } as never
    expect(() => defineMapping(bad)).toThrow(fault)
  })

  it('harvests with the mapping', async () => {
    const lines = (await run(find('records.ndjson')))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatchObject({
      identifier: 'KC-001',
      resource: {
        name: { 'zh-Hans': '分数的初步认识', 'ug-Arab': 'كەسىر سانلار' },
        about: [{ notation: 'mathematics' }],
        educationalLevel: [{ notation: 'grade-3' }],
        learningResourceType: [{ notation: 'micro-lesson' }],
        keywords: [{ value: '分数' }, { value: '平均分' }],
        creator: [{ name: { 'zh-Hans': '李华' } }, {}],
        url: 'https://platform.example/kc/001',
        license: { label: 'CC BY-NC 4.0' },
      },
    })
  })

  it('reads JY/T 0607 with the names of a source', async () => {
    const text = await run(find('jyt.json'))
    for (const part of ['分数的初步认识', 'about: mathematics', 'difficulty: 容易', 'sourceValues.服务器: 甲']) expect(text).toContain(part)
  })

  it('gives settings that a node takes', () => {
    const body = /-d '([\s\S]+)'/.exec(blocks.find(({ info }) => info === 'node')?.text ?? '')?.[1] ?? ''
    const { kind, settings } = JSON.parse(body)
    expect(() => assertSettings(findConnector(kind), settings)).not.toThrow()
  })

  it('names every field', () => {
    const paragraph = /^\*\*Fields\.\*\*(.*)$/m.exec(guide)?.[1] ?? ''
    expect([...paragraph.matchAll(/`([A-Za-z]+)`/g)].map(([, field]) => field)).toEqual([...resourceFields])
  })
})

/** Waits for texts in what a process writes; each time from behind the last one. */
function watchOutput(child: ChildProcess): (text: string) => Promise<string> {
  let written = ''
  let look = () => {}
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      written += chunk
      look()
    })
  return (text) =>
    new Promise((resolve) => {
      look = () => {
        const end = written.indexOf(text)
        if (end === -1) return
        look = () => {}
        const seen = written.slice(0, end)
        written = written.slice(end + text.length)
        resolve(seen)
      }
      look()
    })
}
