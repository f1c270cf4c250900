import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { feed } from '../../src/connectors/feed/index.js'
import type { FeedSettings } from '../../src/connectors/feed/settings.js'
import { createFetcher } from '../../src/fetch/create-fetcher.js'
import { type FileAnswer, type FileServer, startFileServer } from '../support/file-server.js'
import { issueCodes, readSource, replay, titleOf } from '../support/read-source.js'

let server: FileServer
beforeEach(async () => {
  server = await startFileServer()
})
afterEach(() => server.close())

const entry = (id: string, title: string, more = '') =>
  `<entry><id>${id}</id><title>${title}</title><updated>2024-03-05T10:00:00Z</updated>${more}</entry>`
const atom = (...content: string[]) =>
  `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>New lessons</title>${content.join('')}</feed>`
const next = (href: string) => `<link rel="next" href="${href}"/>`
const give = (files: Record<string, FileAnswer>) => {
  for (const [path, answer] of Object.entries(files)) server.files.set(path, answer)
}
const read = (settings: Partial<FeedSettings> = {}, state: Parameters<typeof readSource>[2] = {}) =>
  readSource(feed, { url: `${server.url}/feed`, ...settings }, state)

describe('a feed', () => {
  it('gives a record for each entry of Atom, page by page', async () => {
    give({
      '/feed': atom(
        entry('urn:1', 'Fractions', '<link href="https://school.example/1"/><author><name>A. Teacher</name></author>'),
        next('feed?page=2'),
      ),
      '/feed?page=2': atom(entry('urn:2', 'Area'), '<at:deleted-entry xmlns:at="t" ref="urn:3" when="2024-01-01T00:00:00Z"/>'),
    })
    const { items, pages, end } = await read()
    expect(items.map((item) => [item.type, item.identifier, titleOf(item)])).toEqual([
      ['record', 'urn:1', 'Fractions'],
      ['record', 'urn:2', 'Area'],
      ['deleted', 'urn:3', undefined],
    ])
    expect(items[0]).toMatchObject({
      datestamp: '2024-03-05T10:00:00Z',
      resource: { name: { en: 'Fractions' }, url: 'https://school.example/1' },
    })
    expect(end?.isFullList).toBe(false)
    expect(await replay(feed, { url: server.url }, pages)).toEqual(items)
  })

  it('gives a record for each item of RSS', async () => {
    give({
      '/feed': `<rss version="2.0" xmlns:dc="d" xmlns:content="c"><channel><title>新课</title><language>zh-cn</language><link>https://school.example/</link>
        <item><guid isPermaLink="false">g-1</guid><title>静夜思</title><link>https://school.example/1</link><description><![CDATA[<p>唐诗</p>]]></description>
        <dc:creator>王老师</dc:creator><category>语文</category><pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate>
        <enclosure url="https://school.example/1.mp3" type="audio/mpeg" length="1000"/></item>
        <item><title>无标识</title></item></channel></rss>`,
    })
    const { items } = await read()
    expect(items[0]).toMatchObject({
      identifier: 'g-1',
      datestamp: '2024-03-05T10:00:00Z',
      metadataPrefix: 'rss',
      resource: {
        name: { 'zh-Hans': '静夜思' },
        description: { 'zh-Hans': '唐诗' },
        url: 'https://school.example/1',
        creator: [{ name: { 'zh-Hans': '王老师' } }],
        keywords: [{ value: '语文' }],
        encoding: [{ contentUrl: 'https://school.example/1.mp3', encodingFormat: 'audio/mpeg', contentSize: 1000 }],
      },
    })
    expect(issueCodes(items[1]!)).toContain('identifier.missing')
  })

  it('is read through the catalogues of an OPDS navigation feed', async () => {
    const type = 'type="application/atom+xml;profile=opds-catalog;kind=acquisition"'
    give({
      '/feed': atom(entry('nav:1', 'By subject', `<link rel="subsection" href="/maths" ${type}/>`)),
      '/maths': atom(
        entry(
          'urn:1',
          'Fractions',
          '<link rel="http://opds-spec.org/acquisition" type="application/pdf" href="https://school.example/1.pdf"/>',
        ),
      ),
    })
    const { items } = await read()
    expect(items.map(titleOf)).toEqual(['Fractions'])
    expect(items[0]).toMatchObject({ resource: { encoding: [{ contentUrl: 'https://school.example/1.pdf' }] } })
  })

  it('is a full list when it says so, or the settings do', async () => {
    give({ '/feed': atom('<fh:complete xmlns:fh="f"/>', entry('urn:1', 'Fractions')) })
    expect((await read()).end?.isFullList).toBe(true)
    give({ '/feed': atom(entry('urn:1', 'Fractions')) })
    expect((await read({ isComplete: true })).end?.isFullList).toBe(true)
  })

  it('is not read again when the server says that it has not changed', async () => {
    give({
      '/feed': (request, response) => {
        if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end()
        else response.writeHead(200, { etag: '"v1"' }).end(atom(entry('urn:1', 'Fractions')))
      },
    })
    const first = await read()
    const second = await read({}, { since: first.end!.next })
    expect(second).toMatchObject({ items: [], end: { next: first.end!.next, isFullList: false } })
  })

  it('goes on behind the last page that was kept', async () => {
    give({
      '/feed': atom(entry('urn:1', 'A'), next('/2')),
      '/2': atom(entry('urn:2', 'B'), next('/3')),
      '/3': (_, response) => void response.writeHead(500).end(),
    })
    const broken = await read()
    expect(broken.error?.code).toBe('EDUFED_FETCH_STATUS')
    give({ '/3': atom(entry('urn:3', 'C')) })
    const resumed = await read({ isComplete: true }, { checkpoint: broken.pages.at(-1)!.checkpoint })
    expect(resumed.items.map(titleOf)).toEqual(['C'])
    expect(resumed.end?.isFullList).toBe(false)
  })
})

describe('a faulty feed', () => {
  it.each([
    ['a web page', '<!doctype html><html><title>Log in</title></html>', 'EDUFED_XML_HTML'],
    ['another kind of XML', '<urlset/>', 'EDUFED_FEED_NOT_FEED'],
    ['nothing', '', 'EDUFED_XML_INVALID'],
    ['XML that breaks off', '<feed><entry><id>1</id></entry>', 'EDUFED_FETCH_TRUNCATED'],
    ['XML with an entity', '<!DOCTYPE feed [<!ENTITY a "b">]><feed/>', 'EDUFED_XML_DOCTYPE'],
    ['gzip that breaks off', gzipSync(atom(entry('urn:1', 'x'.repeat(50)))).subarray(0, 60), 'EDUFED_FETCH_TRUNCATED'],
    [
      'a redirect to a private address',
      (_: unknown, response: { writeHead(status: number, headers: object): { end(): void } }) =>
        response.writeHead(302, { location: 'http://172.16.0.1/' }).end(),
      'EDUFED_FETCH_REFUSED_ADDRESS',
    ],
  ])('is refused with a clear error when it is %s', async (_, answer, code) => {
    give({ '/feed': answer as FileAnswer })
    const { error, end } = await read()
    expect(error?.code).toBe(code)
    expect(error?.fix).toBeTruthy()
    expect(end).toBeUndefined()
  })

  it('is read once when its pages lead in a circle', async () => {
    give({ '/feed': atom(entry('urn:1', 'A'), next('/2')), '/2': atom(entry('urn:2', 'B'), next('/feed')) })
    const { items, end } = await read()
    expect(items).toHaveLength(2)
    expect(end).toBeDefined()
    expect(server.requests).toEqual(['/feed', '/2'])
  })

  it('is stopped when it repeats its entries for ever, or has more pages than are allowed', async () => {
    for (let number = 0; number < 30; number++)
      give({ [number === 0 ? '/feed' : `/${number}`]: atom(entry('urn:1', 'A'), next(`/${number + 1}`)) })
    expect((await read()).error?.code).toBe('EDUFED_LIST_ENDLESS')
    expect(server.requests.length).toBeLessThan(10)
    expect((await read({ maxPages: 2 })).error?.message).toContain('more than 2 pages')
  })

  it('tells its title before it is harvested', async () => {
    give({ '/feed': atom(entry('urn:1', 'A')) })
    const fetcher = createFetcher({ allowNetworks: ['127.0.0.0/8'] })
    const description = await feed.describe({ url: `${server.url}/feed` }, { fetcher, signal: new AbortController().signal })
    fetcher.close()
    expect(description).toMatchObject({ name: 'New lessons', metadataPrefix: 'atom' })
  })
})
