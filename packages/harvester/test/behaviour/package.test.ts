import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contentPackage } from '../../src/connectors/package/index.js'
import type { PackageSettings } from '../../src/connectors/package/settings.js'
import { createFetcher } from '../../src/fetch/create-fetcher.js'
import { type FileAnswer, type FileServer, startFileServer } from '../support/file-server.js'
import { issueCodes, readSource, replay, titleOf } from '../support/read-source.js'
import { noSharedData, sharedData } from '../support/shared-data.js'
import { buildZip } from '../support/workbook.js'

let server: FileServer
beforeEach(async () => {
  server = await startFileServer()
})
afterEach(() => server.close())

const manifest = (metadata = '', title = '圆的面积') => `<?xml version="1.0"?>
<manifest identifier="MANIFEST1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1">
  <metadata><schema>ADL SCORM</schema><schemaversion>2004 3rd Edition</schemaversion>${metadata}</metadata>
  <organizations default="o"><organization identifier="o"><title>${title}</title>
    <item><title>第一节</title><item><title>例题</title></item></item><item><title>练习</title></item>
  </organization></organizations>
  <resources><resource href="index.html"/></resources>
</manifest>`
const lom = (title: string) =>
  `<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><title><string language="zh-CN">${title}</string></title><language>zh-CN</language></general></lom>`
const partNames = (item: unknown) =>
  (item as { resource?: { hasPart?: { name: Record<string, string> }[] } }).resource?.hasPart?.flatMap(({ name }) => Object.values(name))

async function readFile(name: string, content: FileAnswer, settings: Partial<PackageSettings> = {}) {
  server.files.set(name, content)
  const all = { url: `${server.url}${name}`, ...settings }
  return { settings: all, ...(await readSource(contentPackage, all)) }
}

describe('a content package', () => {
  it('gives one record by its manifest, with the names of its items', async () => {
    const { items, settings, pages, end } = await readFile(
      '/a.zip',
      buildZip({ 'imsmanifest.xml': manifest(lom('圆')), 'index.html': '<p>' }),
    )
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      identifier: `${server.url}/a.zip`,
      metadataPrefix: 'imscp',
      resource: { name: { 'zh-Hans': '圆' }, sourceValues: { manifestIdentifier: ['MANIFEST1'] } },
    })
    expect(partNames(items[0])).toEqual(['第一节', '例题', '练习'])
    expect(end?.isFullList).toBe(true)
    expect(await replay(contentPackage, settings, pages)).toEqual(items)
  })

  it('is named by its organisation when it has no LOM, and by the LOM in a file of its own when it points to one', async () => {
    const plain = await readFile('/a.zip', buildZip({ 'imsmanifest.xml': manifest() }))
    expect(plain.items.map(titleOf)).toEqual(['圆的面积'])
    const files = {
      'imsmanifest.xml': manifest('<adlcp:location xmlns:adlcp="a">meta/lom.xml</adlcp:location>'),
      'meta/lom.xml': lom('外置'),
    }
    const outside = await readFile('/b.zip', buildZip(files))
    expect(outside.items.map(titleOf)).toEqual(['外置'])
    expect(await replay(contentPackage, outside.settings, outside.pages)).toEqual(outside.items)
  })

  it('is read with a warning when its manifest stands in a folder', async () => {
    const { items } = await readFile('/a.zip', buildZip({ 'course/imsmanifest.xml': manifest() }))
    expect(titleOf(items[0]!)).toBe('圆的面积')
    expect(issueCodes(items[0]!)).toContain('package.manifestInFolder')
  })

  it.each([
    ['a list of addresses', () => `${server.url}/1.zip\n${server.url}/2.imscc\n`],
    ['a web page with links', () => '<html><body><a href="1.zip">1</a> <a href="/2.imscc">2</a> <a href="about.html">?</a></body></html>'],
    ['a sitemap', () => `<urlset><url><loc>${server.url}/1.zip</loc></url><url><loc>${server.url}/2.imscc</loc></url></urlset>`],
  ])('is found by %s', async (_, list) => {
    server.files.set('/1.zip', buildZip({ 'imsmanifest.xml': manifest('', '甲') }))
    server.files.set('/2.imscc', buildZip({ 'imsmanifest.xml': manifest('', '乙') }))
    const { items } = await readFile('/list', list())
    expect(items.map(titleOf)).toEqual(['甲', '乙'])
  })

  it('is not read again when the server says that it has not changed, and is deleted when it is no longer named', async () => {
    for (const [name, title] of [
      ['/1.zip', '甲'],
      ['/2.zip', '乙'],
    ] as const) {
      server.files.set(name, (request, response) => {
        if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end()
        else response.writeHead(200, { etag: '"v1"' }).end(buildZip({ 'imsmanifest.xml': manifest('', title) }))
      })
    }
    const url = [`${server.url}/1.zip`, `${server.url}/2.zip`]
    const first = await readSource(contentPackage, { url })
    expect(first.items).toHaveLength(2)
    const second = await readSource(contentPackage, { url }, { since: first.end!.next })
    expect(second).toMatchObject({ items: [], end: { next: first.end!.next, isFullList: false } })
    const third = await readSource(contentPackage, { url: url.slice(0, 1) }, { since: first.end!.next })
    expect(third.items).toEqual([{ type: 'deleted', identifier: url[1] }])
    server.files.delete('/2.zip')
    const fourth = await readSource(contentPackage, { url }, { since: first.end!.next })
    expect(fourth.items).toMatchObject([{ type: 'deleted', identifier: url[1], issues: [{ code: 'package.gone' }] }])
  })
})

describe('a faulty package', () => {
  const bomb = () =>
    buildZip({ 'imsmanifest.xml': manifest(), 'a.bin': Buffer.alloc(3_000_000) }, (name, size) => (name === 'a.bin' ? 4_000_000_000 : size))
  const liar = () => buildZip({ 'imsmanifest.xml': manifest(' '.repeat(5_000_000)) }, () => 1000)
  it.each([
    [
      'has a file that leads out of it',
      () => buildZip({ 'imsmanifest.xml': manifest(), '../../etc/cron.d/x': 'x' }),
      'package.unreadable',
      '../../etc',
    ],
    [
      'has a file with an absolute path',
      () => buildZip({ 'imsmanifest.xml': manifest(), '/etc/passwd': 'x' }),
      'package.unreadable',
      '/etc/passwd',
    ],
    [
      'has a file on a Windows drive',
      () => buildZip({ 'imsmanifest.xml': manifest(), 'C:\\a.exe': 'x' }),
      'package.unreadable',
      'C:/a.exe',
    ],
    ['would unpack to far too much', bomb, 'package.tooLarge', 'unpacked'],
    ['has a manifest that holds more than it declares', liar, 'package.tooLarge', 'more than it declares'],
    ['is cut off', () => buildZip({ 'imsmanifest.xml': manifest() }).subarray(0, 300), 'package.unreadable', 'cut off'],
    ['has no manifest', () => buildZip({ 'tincan.xml': '<tincan/>' }), 'package.unreadable', 'tincan.xml'],
    [
      'has a manifest with an entity',
      () => buildZip({ 'imsmanifest.xml': '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><manifest/>' }),
      'package.unreadable',
      'document type',
    ],
    [
      'has a manifest that breaks off',
      () => buildZip({ 'imsmanifest.xml': manifest().slice(0, 400) }),
      'package.unreadable',
      'ended early',
    ],
    ['has no title', () => buildZip({ 'imsmanifest.xml': '<manifest><metadata/></manifest>' }), 'title.missing', 'title'],
  ])('is refused with a clear error when it %s', async (_, build, code, words) => {
    const { items, error } = await readFile('/a.zip', build(), { maxUnpackedBytes: 1_000_000_000 })
    expect(error).toBeUndefined()
    expect(items).toHaveLength(1)
    expect(items[0]).not.toHaveProperty('resource')
    expect(issueCodes(items[0]!)).toContain(code)
    expect(JSON.stringify(items[0]?.issues)).toContain(words)
  })

  it.each([
    ['a web page', '<html><title>登录</title></html>', 'EDUFED_PACKAGE_UNREADABLE'],
    ['something else', 'no package', 'EDUFED_PACKAGE_UNREADABLE'],
    [
      'a redirect to a private address',
      (_: unknown, response: { writeHead(status: number, headers: object): { end(): void } }) =>
        response.writeHead(302, { location: 'http://10.0.0.1/' }).end(),
      'EDUFED_FETCH_REFUSED_ADDRESS',
    ],
  ])('ends the run with a clear error when %s comes instead of a list', async (_, answer, code) => {
    const { error } = await readFile('/list', answer as FileAnswer)
    expect(error?.code).toBe(code)
  })

  it('does not keep the others from being taken when it does not come or is too large', async () => {
    server.files.set('/1.zip', (_, response) => void response.writeHead(500).end())
    server.files.set('/2.zip', buildZip({ 'imsmanifest.xml': manifest('', '乙') }))
    const url = [`${server.url}/1.zip`, `${server.url}/2.zip`]
    const { items, error } = await readSource(contentPackage, { url })
    expect(items.map(titleOf)).toEqual(['乙'])
    expect(error?.code).toBe('EDUFED_FETCH_STATUS')
    server.files.set('/1.zip', Buffer.alloc(20_000))
    const second = await readSource(contentPackage, { url, maxPackageBytes: 10_000 })
    expect(second.items.map(titleOf)).toEqual(['乙'])
    expect(second.error?.code).toBe('EDUFED_FETCH_TOO_LARGE')
  })

  it('is told of before it is harvested', async () => {
    server.files.set('/a.zip', buildZip({ 'a.txt': 'a' }))
    const fetcher = createFetcher({ allowNetworks: ['127.0.0.0/8'] })
    const description = await contentPackage.describe({ url: `${server.url}/a.zip` }, { fetcher, signal: new AbortController().signal })
    fetcher.close()
    expect(description).toMatchObject({ name: '127.0.0.1 (1 package)', authority: '127.0.0.1', issues: [{ code: 'package.unreadable' }] })
  })
})

const folder = sharedData && join(sharedData, 'fixtures/packages')
describe.skipIf(!folder || !existsSync(folder))(`real manifests${folder ? '' : ` (${noSharedData})`}`, () => {
  const manifests = folder
    ? ['scorm12', 'scorm2004'].flatMap((version) =>
        readdirSync(join(folder, version)).map((name) => join(folder, version, name, 'imsmanifest.xml')),
      )
    : []
  it('gives a record with a title and parts for each of the SCORM examples', async () => {
    const url: string[] = []
    for (const [index, path] of manifests.entries()) {
      server.files.set(`/${index}.zip`, buildZip({ 'imsmanifest.xml': readFileSync(path) }))
      url.push(`${server.url}/${index}.zip`)
    }
    const { items } = await readSource(contentPackage, { url })
    expect(items).toHaveLength(manifests.length)
    const found = items.map((item) => [titleOf(item) !== undefined, (partNames(item)?.length ?? 0) > 0])
    expect(found).toEqual(manifests.map(() => [true, true]))
  })
})
