import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Checkpoint } from '../../src/connectors/connector.js'
import { sitemap } from '../../src/connectors/sitemap/index.js'
import type { SitemapSettings } from '../../src/connectors/sitemap/settings.js'
import { createFetcher } from '../../src/fetch/create-fetcher.js'
import { type FileAnswer, type FileServer, startFileServer } from '../support/file-server.js'
import { issueCodes, readSource, replay, titleOf } from '../support/read-source.js'

let server: FileServer
beforeEach(async () => {
  server = await startFileServer()
})
afterEach(() => server.close())

const html =
  (content: string): FileAnswer =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(content)

const block = (value: unknown) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`
const resource = (name: string, more: object = {}) => ({ '@context': 'https://schema.org', '@type': 'LearningResource', name, ...more })
const page = (name: string, more: object = {}) =>
  html(`<!doctype html><html lang="zh-CN"><head>${block(resource(name, more))}</head></html>`)
const urlset = (entries: readonly (readonly [path: string, lastmod?: string])[]) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries
    .map(([path, lastmod]) => `<url><loc>${server.url}${path}</loc>${lastmod ? `<lastmod>${lastmod}</lastmod>` : ''}</url>`)
    .join('')}</urlset>`
const index = (...paths: string[]) =>
  `<sitemapindex>${paths.map((path) => `<sitemap><loc>${server.url}${path}</loc></sitemap>`).join('')}</sitemapindex>`

function read(settings: Partial<SitemapSettings> = {}, state: Parameters<typeof readSource>[2] = {}) {
  return readSource(sitemap, { url: `${server.url}/sitemap.xml`, ...settings }, state)
}
const give = (files: Record<string, FileAnswer>) => {
  for (const [path, answer] of Object.entries(files)) server.files.set(path, answer)
}

describe('a site with a sitemap', () => {
  it('gives a record for each page by its JSON-LD, also through an index, gzip and plain text', async () => {
    give({
      '/sitemap.xml': index('/a.xml.gz', '/b.txt'),
      '/a.xml.gz': gzipSync(urlset([['/1', '2024-05-01']])),
      '/b.txt': `${server.url}/2\n${server.url}/3\n`,
      '/1': page('一元二次方程', {
        description: '解法',
        about: [{ '@type': 'DefinedTerm', name: '数学' }],
        educationalLevel: '九年级',
        inLanguage: 'zh-CN',
        author: { '@type': 'Person', name: '王老师' },
        license: 'https://creativecommons.org/licenses/by/4.0/',
        url: 'https://school.example/1',
      }),
      '/2': html(
        `<html lang="en"><head><meta name="DC.title" content="Fractions"><meta name="DCTERMS.issued" content="2020-01-02"></head></html>`,
      ),
      '/3': html('<html><head><title>About us</title></head></html>'),
    })
    const { items, issues, end, pages } = await read()
    expect(items).toHaveLength(2)
    expect(items[0]).toMatchObject({
      identifier: `${server.url}/1`,
      datestamp: '2024-05-01',
      metadataPrefix: 'json-ld',
      resource: {
        name: { 'zh-Hans': '一元二次方程' },
        about: [{ notation: 'mathematics' }],
        educationalLevel: [{ notation: 'grade-9' }],
        creator: [{ name: { 'zh-Hans': '王老师' } }],
        license: { id: 'https://creativecommons.org/licenses/by/4.0/' },
        url: 'https://school.example/1',
      },
    })
    expect(items[1]).toMatchObject({ metadataPrefix: 'html-dc', resource: { name: { en: 'Fractions' }, datePublished: '2020-01-02' } })
    expect(issues).toEqual(['page.noMetadata'])
    expect(end?.isFullList).toBe(true)
    expect(await replay(sitemap, { url: `${server.url}/sitemap.xml` }, pages)).toEqual(items)
  })

  it('takes each resource of a page with several blocks once, and leaves out what is no resource', async () => {
    const graph = {
      '@context': 'http://schema.org/',
      '@graph': [resource('甲', { '@id': '#a' }), { '@type': 'Organization', name: '某校' }],
    }
    give({
      '/sitemap.xml': urlset([['/1']]),
      '/1': html(
        `<html>${block(graph)}${block(resource('甲', { '@id': '#a' }))}${block([resource('乙')])}<script type="application/ld+json">{"a":</script></html>`,
      ),
    })
    const { items } = await read()
    expect(items.map((item) => item.identifier)).toEqual([`${server.url}/1#a`, `${server.url}/1#2`])
    expect(items.map(titleOf)).toEqual(['甲', '乙'])
    expect(issueCodes(items[0]!)).toContain('jsonld.invalid')
  })

  it('is found by the robots.txt of the site, which also says what must not be read', async () => {
    give({
      '/robots.txt': `User-agent: *\nDisallow: /private/\nSitemap: ${server.url}/map.xml\n`,
      '/map.xml': urlset([['/1'], ['/private/2']]),
      '/1': page('甲'),
      '/private/2': page('乙'),
    })
    const { items, issues } = await read({ url: `${server.url}/` })
    expect(items.map(titleOf)).toEqual(['甲'])
    expect(issues).toEqual(['page.disallowed'])
    expect(server.requests).not.toContain('/private/2')
  })

  it('reads nothing while robots.txt answers with a server error', async () => {
    give({ '/robots.txt': (_, response) => void response.writeHead(503).end(), '/sitemap.xml': urlset([['/1']]), '/1': page('甲') })
    const { error, items } = await read()
    expect(error?.code).toBe('EDUFED_DOCUMENTS_FAILED')
    expect(error?.message).toContain('robots.txt')
    expect(items).toEqual([])
    expect(server.requests).not.toContain('/1')
  })

  it('reads only the pages that fit the patterns of the settings', async () => {
    give({ '/sitemap.xml': urlset([['/course/1'], ['/course/1/print'], ['/news/1']]), '/course/1': page('甲') })
    const { items } = await read({ include: ['/course/*'], exclude: ['*/print'] })
    expect(items.map(titleOf)).toEqual(['甲'])
    expect(server.requests).toEqual(['/sitemap.xml', '/robots.txt', '/course/1'])
  })

  it('takes pages by their title only when it is told to', async () => {
    give({
      '/sitemap.xml': urlset([['/1']]),
      '/1': html('<html lang="en"><head><title>Area of a circle</title><meta name="description" content="With proofs"></head></html>'),
    })
    expect((await read()).items).toEqual([])
    const { items } = await read({ titleOnly: true })
    expect(items[0]).toMatchObject({
      metadataPrefix: 'html',
      resource: { name: { en: 'Area of a circle' }, description: { en: 'With proofs' } },
    })
  })

  it('takes a page whose encoding only the page names', async () => {
    const body = Buffer.concat([
      Buffer.from('<html><head><meta charset="gbk"><meta name="DC.title" content="'),
      Buffer.from('cafdd1a7', 'hex'),
      Buffer.from('"></head></html>'),
    ])
    give({
      '/sitemap.xml': urlset([['/1']]),
      '/1': (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(body),
    })
    expect((await read()).items.map(titleOf)).toEqual(['数学'])
  })
})

describe('a later run over a site', () => {
  it('reads what has another lastmod or none, and tells what is no longer named', async () => {
    const entries = Array.from({ length: 20 }, (_, number): [string, string] => [`/${number}`, '2024-01-01'])
    give({ '/sitemap.xml': urlset([...entries, ['/x']]), '/x': page('x') })
    for (const [path] of entries) server.files.set(path, page(path))
    const first = await read()
    expect(first.items).toHaveLength(21)

    entries[3] = ['/3', '2024-02-02']
    give({ '/sitemap.xml': urlset([...entries.slice(1), ['/x']]), '/3': page('new') })
    server.requests.length = 0
    const second = await read({}, { since: first.end!.next })
    expect(second.items.map((item) => [item.type, item.identifier.slice(server.url.length), titleOf(item)])).toEqual([
      ['deleted', '/0', undefined],
      ['record', '/3', 'new'],
      ['record', '/x', 'x'],
    ])
    expect(second.end?.isFullList).toBe(false)
    expect(server.requests.filter((path) => /^\/\d/.test(path))).toEqual(['/3'])

    const third = await read({}, { since: second.end!.next })
    expect(third.items.map((item) => item.identifier.slice(server.url.length))).toEqual(['/x'])
  })

  it('tells a page that is gone, and a resource that its page no longer has, as deleted', async () => {
    give({
      '/sitemap.xml': urlset([
        ['/1', 'a'],
        ['/2', 'a'],
      ]),
      '/1': page('甲'),
      '/2': html(`<html>${block(resource('乙', { '@id': '#b' }))}${block(resource('丙', { '@id': '#c' }))}</html>`),
    })
    const first = await read()
    give({
      '/sitemap.xml': urlset([
        ['/1', 'b'],
        ['/2', 'b'],
      ]),
      '/1': (_, response) => void response.writeHead(410).end(),
      '/2': html(`<html>${block(resource('乙', { '@id': '#b' }))}${block(resource('丁', { '@id': '#d' }))}</html>`),
    })
    const { items } = await read({}, { since: first.end!.next })
    expect(items.map((item) => [item.type, item.identifier.slice(server.url.length)])).toEqual([
      ['deleted', '/1'],
      ['record', '/2#b'],
      ['record', '/2#d'],
      ['deleted', '/2#c'],
    ])
    expect(issueCodes(items[0]!)).toEqual(['page.gone'])
  })

  it('reads everything and compares when many pages are no longer named', async () => {
    const entries = Array.from({ length: 20 }, (_, number): [string, string] => [`/${number}`, '2024-01-01'])
    give({ '/sitemap.xml': urlset(entries) })
    for (const [path] of entries) server.files.set(path, page(path))
    const first = await read()
    give({ '/sitemap.xml': urlset(entries.slice(10)) })
    const second = await read({}, { since: first.end!.next })
    expect(second.items).toHaveLength(10)
    expect(second.items.every((item) => item.type === 'record')).toBe(true)
    expect(second.end?.isFullList).toBe(true)
  })

  it('asks again for a page that failed, and deletes nothing because of it', async () => {
    const entries = Array.from({ length: 20 }, (_, number): [string, string] => [`/${number}`, '2024-01-01'])
    give({ '/sitemap.xml': urlset(entries) })
    for (const [path] of entries) server.files.set(path, page(path))
    give({ '/7': (_, response) => void response.writeHead(500).end() })
    const first = await read()
    expect(first.items).toHaveLength(19)
    expect(first.issues).toEqual(['page.failed'])
    expect(first.end).toMatchObject({ isFullList: false })
    const second = await read({}, { since: first.end!.next })
    expect(second.end).toMatchObject({ isFullList: false })
    give({ '/7': page('seven') })
    const third = await read({}, { since: second.end!.next })
    expect(third.items.map(titleOf)).toEqual(['seven'])
  })

  it('goes on behind the last pages that were kept, beginning with those that failed', async () => {
    const entries = Array.from({ length: 100 }, (_, number): [string, string] => [`/${number}`, '2024-01-01'])
    give({ '/sitemap.xml': urlset(entries) })
    for (const [path] of entries) server.files.set(path, page(path))
    give({ '/7': (_, response) => void response.writeHead(500).end() })
    const first = await read()
    const { checkpoint } = first.pages[0]!
    give({ '/7': page('seven') })
    const second = await read({}, { checkpoint })
    expect(second.items).toHaveLength(61)
    expect(titleOf(second.items[0]!)).toBe('seven')
    expect(second.end?.isFullList).toBe(true)
    give({ '/9': page('nine') })
    give({ '/sitemap.xml': urlset(entries.map(([path]) => [path, path === '/9' ? '2024-02-02' : '2024-01-01'])) })
    const third = await read({}, { since: second.end!.next })
    expect(third.items.map(titleOf)).toEqual(['nine'])
  })
})

describe('a run over pages that is resumed', () => {
  it('ends as one that was not, so that the next one reads only what changed and deletes what is gone', async () => {
    const entries = Array.from({ length: 130 }, (_, number): [string, string] => [`/${number}`, '2024-01-01'])
    const two = (path: string) =>
      html(`<html><head>${block([resource('a', { '@id': `${path}#a` }), resource('b', { '@id': `${path}#b` })])}</head></html>`)
    give({ '/sitemap.xml': urlset(entries) })
    for (const [index, [path]] of entries.entries()) {
      server.files.set(path, index % 10 === 3 ? html('<html><title>x</title></html>') : index % 10 === 7 ? two(path) : page(path))
    }
    const whole = await read()
    for (const [index, { checkpoint }] of whole.pages.entries()) {
      const rest = await read({}, { checkpoint: JSON.parse(JSON.stringify(checkpoint)) as Checkpoint })
      const taken = whole.pages.slice(0, index + 1).flatMap(({ items }) => items)
      expect([...taken, ...rest.items]).toEqual(whole.items)
      expect(rest.end).toEqual(whole.end)
    }
    const resumed = await read({}, { checkpoint: whole.pages[1]!.checkpoint })
    give({ '/sitemap.xml': urlset(entries.filter(([path]) => path !== '/7' && path !== '/3')) })
    const next = await read({}, { since: resumed.end!.next })
    expect(next.items).toEqual(['a', 'b'].map((name) => ({ type: 'deleted', identifier: `${server.url}/7#${name}` })))
  })
})

describe('a faulty site', () => {
  it.each([
    ['a web page', html('<!DOCTYPE html><html><title>登录</title></html>'), 'EDUFED_XML_HTML'],
    ['nothing', '', 'EDUFED_SITEMAP_NOT_SITEMAP'],
    ['another kind of XML', '<rss><channel/></rss>', 'EDUFED_SITEMAP_NOT_SITEMAP'],
    ['XML that breaks off', '<urlset><url><loc>http://a.example/</loc></url>', 'EDUFED_FETCH_TRUNCATED'],
    ['XML with an entity', '<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset/>', 'EDUFED_XML_DOCTYPE'],
    [
      'a page that is not found',
      (_: unknown, response: { writeHead(status: number): { end(): void } }) => response.writeHead(404).end(),
      'EDUFED_FETCH_STATUS',
    ],
    [
      'a redirect to a private address',
      (_: unknown, response: { writeHead(status: number, headers: object): { end(): void } }) =>
        response.writeHead(302, { location: 'http://10.1.2.3/' }).end(),
      'EDUFED_FETCH_REFUSED_ADDRESS',
    ],
  ])('is refused with a clear error when its sitemap is %s', async (_, answer, code) => {
    give({ '/sitemap.xml': answer })
    const { error, items, end } = await read()
    expect(error?.code).toBe(code)
    expect(error?.fix).toBeTruthy()
    expect(items).toEqual([])
    expect(end).toBeUndefined()
  })

  it('is not taken as whole when a compressed sitemap breaks off', async () => {
    const whole = gzipSync(urlset(Array.from({ length: 500 }, (_, number) => [`/${number}-${Math.random()}`])))
    give({ '/sitemap.xml': index('/a.xml.gz'), '/a.xml.gz': whole.subarray(0, whole.length - 200) })
    const { error } = await read()
    expect(error?.code).toBe('EDUFED_FETCH_TRUNCATED')
  })

  it('reads sitemap indexes that name each other once', async () => {
    give({
      '/sitemap.xml': index('/b.xml', '/c.xml'),
      '/b.xml': index('/sitemap.xml', '/b.xml'),
      '/c.xml': urlset([['/1']]),
      '/1': page('甲'),
    })
    const { items, issues } = await read()
    expect(items.map(titleOf)).toEqual(['甲'])
    expect(issues).toContain('sitemap.repeated')
    expect(server.requests.filter((path) => path === '/b.xml')).toHaveLength(1)
  })

  it('stops at sitemap indexes that lead on without an end', async () => {
    give({ '/sitemap.xml': index('/0.xml') })
    for (let number = 0; number < 50; number++) server.files.set(`/${number}.xml`, index(`/${number + 1}.xml`))
    const { error } = await read()
    expect(error?.code).toBe('EDUFED_LIST_TOO_LARGE')
    expect(server.requests.length).toBeLessThan(10)
  })

  it('stops at more pages than are allowed', async () => {
    give({ '/sitemap.xml': urlset([['/1'], ['/2'], ['/3']]) })
    const { error } = await read({ maxPages: 2 })
    expect(error?.message).toContain('more than 2 pages')
  })

  it('reports pages that redirect to private addresses, are too large or are no pages, and addresses on other hosts', async () => {
    const names = Array.from({ length: 40 }, (_, number): [string] => [`/ok-${number}`])
    const foreign = '<url><loc>https://other.example/x</loc></url><url><loc>javascript:alert(1)</loc></url></urlset>'
    give({
      '/sitemap.xml': urlset([...names, ['/redirect'], ['/large'], ['/file.pdf']]).replace('</urlset>', foreign),
      '/redirect': (_, response) => void response.writeHead(302, { location: 'http://192.168.3.4/' }).end(),
      '/large': html('x'.repeat(20_000)),
      '/file.pdf': (_, response) => void response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF'),
    })
    for (const [path] of names) server.files.set(path, page(path))
    const { items, issues, pages } = await read({ maxPageBytes: 10_000 })
    expect(items).toHaveLength(40)
    expect(issues.sort()).toEqual(['page.failed', 'page.failed', 'page.notHtml', 'sitemap.invalidAddress', 'sitemap.otherHost'])
    const failed = pages.flatMap((step) => step.issues ?? []).filter(({ code }) => code === 'page.failed')
    expect(failed.map(({ path }) => path)).toEqual([`${server.url}/redirect`, `${server.url}/large`])
  })

  it('stops when the whole site goes down', async () => {
    const entries = Array.from({ length: 200 }, (_, number): [string] => [`/${number}`])
    give({ '/sitemap.xml': urlset(entries) })
    for (const [path] of entries) server.files.set(path, (_, response) => void response.writeHead(502).end())
    const { error, end } = await read()
    expect(error?.code).toBe('EDUFED_FETCH_STATUS')
    expect(end).toBeUndefined()
    expect(server.requests.length).toBeLessThan(60)
  })

  it('tells how many pages it has and what they are in before it is harvested', async () => {
    give({ '/sitemap.xml': urlset([['/1'], ['/2']]), '/1': page('甲') })
    const fetcher = createFetcher({ allowNetworks: ['127.0.0.0/8'] })
    const description = await sitemap.describe({ url: `${server.url}/sitemap.xml` }, { fetcher, signal: new AbortController().signal })
    fetcher.close()
    expect(description).toMatchObject({ name: '127.0.0.1 (2 pages)', authority: '127.0.0.1', formats: ['json-ld'], deletedRecord: 'no' })
  })
})
