import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { detectKind } from '../../src/cli/detect-kind.js'
import { connectors } from '../../src/connectors/index.js'
import { createFetcher } from '../../src/fetch/create-fetcher.js'
import type { Fetcher } from '../../src/fetch/fetcher.js'
import { type FileAnswer, type FileServer, startFileServer } from '../support/file-server.js'
import { type OaiServer, startOaiServer } from '../support/oai-server.js'
import { buildWorkbook, buildZip } from '../support/workbook.js'

let server: FileServer
let oai: OaiServer
let fetcher: Fetcher & { close(): void }
beforeAll(async () => {
  oai = await startOaiServer()
  fetcher = createFetcher({ allowNetworks: ['127.0.0.0/8'], maxRetries: 0 })
})
afterAll(async () => {
  fetcher.close()
  await oai.close()
})
beforeEach(async () => {
  server = await startFileServer()
})
afterEach(() => server.close())

const detect = (path: string) => detectKind(server.url + path, fetcher, new AbortController().signal)
const giving =
  (type: string, body: string): FileAnswer =>
  (_, response) =>
    response.writeHead(200, { 'content-type': type }).end(body)

describe('the kind of a source', () => {
  it.each<[kind: string, what: string, path: string, answer: FileAnswer]>([
    ['smartedu', 'a version file', '/data_version.json', '{"module":"m","module_version":1,"urls":"https://x.example/part_1.json"}'],
    ['table', 'a workbook', '/download', buildWorkbook([['编号', '标题']])],
    ['table', 'comma-separated values without an ending or a type', '/export?id=1', '编号,标题,学科\n1,甲,数学\n'],
    ['table', 'values separated by tabs', '/export', giving('text/plain', 'id\ttitle\n1\tA\n2\tB\n')],
    ['table', 'a table of one line', '/a.csv', '编号,标题'],
    [
      'sitemap',
      'a sitemap',
      '/map',
      giving('application/xml', '<?xml version="1.0"?><urlset xmlns="x"><url><loc>https://a.example/1</loc></url></urlset>'),
    ],
    ['sitemap', 'an index of sitemaps', '/index.xml', '<!-- made --><sm:sitemapindex xmlns:sm="x"/>'],
    ['sitemap', 'addresses, one a line', '/pages.txt', 'https://a.example/1\nhttps://a.example/2\n'],
    ['package', 'a package', '/get?id=3', buildZip({ 'imsmanifest.xml': '<manifest/>' })],
    ['package', 'another archive', '/a.zip', buildZip({ 'readme.txt': 'x' })],
    ['package', 'a sitemap of packages', '/map.xml', '<urlset><url><loc>https://a.example/1.zip</loc></url></urlset>'],
    [
      'resourcesync',
      'a resource list',
      '/list.xml',
      '<urlset xmlns:rs="http://www.openarchives.org/rs/terms/"><rs:md capability="resourcelist"/></urlset>',
    ],
    ['feed', 'Atom', '/feed', '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"></feed>'],
    ['feed', 'RSS', '/rss', giving('text/html', '\n<rss version="2.0"><channel/></rss>')],
    ['feed', 'RSS 1.0', '/rdf', '<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/"><item/></rdf:RDF>'],
    ['json-api', 'a list in JSON', '/api', '[{"id":1}]'],
    ['json-api', 'an object with a list', '/api', giving('application/json', '{"total":0,"items":[]}')],
  ])('is %s for %s', async (kind, _, path, answer) => {
    server.files.set(path, answer)
    expect(await detect(path)).toBe(kind)
  })

  it('is oai-pmh for a repository, however its address is copied', async () => {
    for (const url of [oai.url(), `${oai.url()}?verb=ListRecords&metadataPrefix=oai_dc`])
      expect(await detectKind(url, fetcher, new AbortController().signal)).toBe('oai-pmh')
  })

  it.each<[string, Record<string, string>]>([
    ['sitemap', { '/robots.txt': 'User-agent: *\nSitemap: https://a.example/map.xml\n' }],
    ['sitemap', { '/sitemap.xml': '<urlset/>' }],
    ['resourcesync', { '/.well-known/resourcesync': '<urlset xmlns:rs="x"><rs:md capability="description"/></urlset>' }],
    ['package', { '/': '<html><a href="course.imscc">A</a></html>' }],
  ])('is %s for a web site that says so', async (kind, files) => {
    server.files.set('/', '<!doctype html><html><title>学校</title></html>')
    for (const [path, answer] of Object.entries(files)) server.files.set(path, answer)
    expect(await detect('/')).toBe(kind)
  })

  it.each<[string, FileAnswer, string]>([
    ['a web page', '<!doctype html><html><title>登录</title></html>', 'a web page, and the site names no sitemap'],
    ['an unknown XML document', '<katalog><satz/></katalog>', '<katalog>; --kind feed --setting entry=NAME'],
    ['nothing', '', 'it is empty'],
    ['a picture', giving('image/png', '\u0089PNG\u0000\u0000'), 'image/png'],
    ['JSON without a list', '{"error":"x"}', 'no known content'],
    ['an error', (_, response) => response.writeHead(404).end(), 'HTTP status 404'],
  ])('is asked for in one sentence when the answer is %s', async (_, answer, reason) => {
    server.files.set('/x', answer)
    const error = await detect('/x').catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ code: 'EDUFED_SOURCE_UNRECOGNISED', fix: expect.stringContaining('--kind') })
    if (reason !== 'no known content') expect((error as Error).message).toContain(reason)
  })

  it('is one of the connectors that there are', () => {
    const known = ['oai-pmh', 'smartedu', 'table', 'sitemap', 'package', 'resourcesync', 'feed', 'json-api']
    expect(connectors.map(({ kind }) => kind)).toEqual(known)
  })
})
