import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resourceSync } from '../../src/connectors/resourcesync/index.js'
import type { ResourceSyncSettings } from '../../src/connectors/resourcesync/settings.js'
import { createFetcher } from '../../src/fetch/create-fetcher.js'
import { type FileServer, startFileServer } from '../support/file-server.js'
import { issueCodes, readSource, replay, titleOf } from '../support/read-source.js'
import { resourceSyncDocuments } from '../support/resource-sync-documents.js'

let server: FileServer
beforeEach(async () => {
  server = await startFileServer()
})
afterEach(() => server.close())

const { dc, list, entry, link, pathsOf, give } = resourceSyncDocuments(() => server)
const read = (settings: Partial<ResourceSyncSettings> = {}, state: Parameters<typeof readSource>[2] = {}) =>
  readSource(resourceSync, { url: `${server.url}/`, ...settings }, state)

/** A source description, a capability list, and a resource list of what is given. */
function publish(resources: string, at = '2024-02-01T00:00:00Z', withChanges = true): void {
  give({
    '/.well-known/resourcesync': list('description', entry('/caps.xml', 'capability="capabilitylist"')),
    '/caps.xml': list(
      'capabilitylist',
      `${entry('/resources.xml', 'capability="resourcelist"')}${withChanges ? entry('/changes.xml', 'capability="changelist"') : ''}${entry('/dump.xml', 'capability="resourcedump"')}`,
    ),
    '/resources.xml': list('resourcelist', resources, at ? `at="${at}"` : ''),
  })
}

describe('a ResourceSync source', () => {
  it('gives a record for each resource by the metadata that describe it, in XML, JSON-LD and HTML', async () => {
    publish(
      entry('/1.pdf', 'type="application/pdf" length="1234"', link('describedby', '/1.xml', 'type="application/xml"')) +
        entry('/2.json', 'type="application/ld+json"') +
        entry('/3.html', 'type="text/html"') +
        entry('/4.png', 'type="image/png"') +
        entry('/5.xml', 'type="application/xml"', link('describes', '/5.pdf')) +
        entry('/6.xml', 'type="application/xml"'),
    )
    give({
      '/1.xml': dc('甲'),
      '/2.json': JSON.stringify({ '@context': 'https://schema.org', '@type': 'LearningResource', name: '乙' }),
      '/3.html': '<!doctype html><html lang="zh"><head><meta name="DC.title" content="丙"></head></html>',
      '/5.xml': dc('戊'),
      '/6.xml': '<strange><title>x</title></strange>',
    })
    const { items, issues, end, pages } = await read()
    expect(pathsOf(items)).toEqual(['record /1.pdf', 'record /2.json', 'record /3.html', 'record /5.pdf', 'record /6.xml'])
    expect(items.map(titleOf)).toEqual(['甲', '乙', '丙', '戊', undefined])
    expect(issueCodes(items[4]!)).toContain('format.unknown')
    expect(issues).toEqual(['resource.undescribed'])
    expect(end).toMatchObject({ isFullList: true, next: { at: '2024-02-01T00:00:00Z' } })
    expect(await replay(resourceSync, { url: server.url }, pages)).toEqual(items)
  })

  it('follows changes also after a run that was resumed', async () => {
    publish(Array.from({ length: 90 }, (_, number) => entry(`/${number}.xml`)).join(''))
    for (let number = 0; number < 90; number++) give({ [`/${number}.xml`]: dc(`t${number}`) })
    const whole = await read()
    const rest = await read({}, { checkpoint: whole.pages[0]!.checkpoint })
    expect(rest.items).toHaveLength(50)
    expect(rest.end).toEqual(whole.end)
    give({
      '/changes.xml': list('changelist', entry('/1.xml', 'change="updated"', '', '2024-02-03T00:00:00Z'), 'from="2024-01-01T00:00:00Z"'),
      '/1.xml': dc('newer'),
    })
    server.requests.length = 0
    const next = await read({}, { since: rest.end!.next })
    expect(next.items.map(titleOf)).toEqual(['newer'])
    expect(server.requests).not.toContain('/2.xml')
  })

  it('follows changes in a later run: created, updated, deleted', async () => {
    const resources = Array.from({ length: 12 }, (_, number) => entry(`/${number}.xml`)).join('')
    publish(resources)
    for (let number = 0; number < 12; number++) give({ [`/${number}.xml`]: dc(`t${number}`) })
    const first = await read()
    expect(first.items).toHaveLength(12)

    give({
      '/changes.xml': list(
        'changelist',
        entry('/3.xml', 'change="updated"', '', '2024-01-15T00:00:00Z') +
          entry('/1.xml', 'change="updated"', '', '2024-02-03T00:00:00Z') +
          entry('/new.xml', 'change="created"', '', '2024-02-04T00:00:00Z') +
          entry('/2.xml', 'change="updated"', '', '2024-02-04T00:00:00Z') +
          entry('/2.xml', 'change="deleted"', '', '2024-02-05T00:00:00Z'),
        'from="2024-01-01T00:00:00Z"',
      ),
      '/1.xml': dc('newer'),
      '/new.xml': dc('new'),
    })
    server.requests.length = 0
    const second = await read({}, { since: first.end!.next })
    expect(pathsOf(second.items)).toEqual(['deleted /2.xml', 'record /1.xml', 'record /new.xml'])
    expect(second.end).toMatchObject({ isFullList: false, next: { at: '2024-02-05T00:00:00Z' } })
    expect(server.requests).not.toContain('/resources.xml')

    const third = await read({}, { since: second.end!.next })
    expect(third.items).toEqual([])
  })

  it('compares its resource lists when there are no changes to follow, or they begin too late', async () => {
    const paths = Array.from({ length: 12 }, (_, number) => `/${number}.xml`)
    publish(paths.map((path) => entry(path)).join(''))
    for (const path of paths) give({ [path]: dc(path) })
    const first = await read()
    give({ '/changes.xml': list('changelist', '', 'from="2024-03-01T00:00:00Z"') })
    publish([entry('/1.xml', '', '', '2024-02-20T00:00:00Z'), ...paths.slice(2).map((path) => entry(path))].join(''))
    const second = await read({}, { since: first.end!.next })
    expect(pathsOf(second.items)).toEqual(['deleted /0.xml', 'record /1.xml'])
  })

  it('keeps asking for changes that could not be read', async () => {
    publish(Array.from({ length: 12 }, (_, number) => entry(`/${number}.xml`)).join(''))
    for (let number = 0; number < 12; number++) give({ [`/${number}.xml`]: dc(`t${number}`) })
    const first = await read()
    const changes = Array.from({ length: 11 }, (_, number) => entry(`/${number}.xml`, 'change="updated"', '', '2024-02-03T00:00:00Z')).join(
      '',
    )
    give({
      '/changes.xml': list('changelist', changes, 'from="2024-01-01T00:00:00Z"'),
      '/4.xml': (_, response) => void response.writeHead(500).end(),
    })
    const second = await read({}, { since: first.end!.next })
    expect(second.items).toHaveLength(10)
    expect(second.issues).toEqual(['page.failed'])
    give({ '/4.xml': dc('four') })
    const third = await read({}, { since: second.end!.next })
    expect(third.items.map(titleOf)).toEqual(['four'])
  })

  it('reads resource lists through an index, and starts at any of its lists', async () => {
    give({
      '/index.xml': `<sitemapindex xmlns:rs="r"><rs:md capability="resourcelist"/><sitemap><loc>${server.url}/a.xml</loc></sitemap><sitemap><loc>${server.url}/index.xml</loc></sitemap></sitemapindex>`,
      '/a.xml': list('resourcelist', entry('/1.xml')),
      '/1.xml': dc('甲'),
    })
    const { items, end } = await read({ url: `${server.url}/index.xml` })
    expect(items.map(titleOf)).toEqual(['甲'])
    expect(end?.next).not.toHaveProperty('at')
  })

  it('says when a document is another one than its list declares', async () => {
    const hash = (text: string) => `hash="md5:${createHash('md5').update(text).digest('hex')}"`
    publish(entry('/1.xml', hash(dc('甲'))) + entry('/2.xml', hash('something else')))
    give({ '/1.xml': dc('甲'), '/2.xml': dc('乙') })
    const { items } = await read()
    expect(items.map((item) => issueCodes(item).includes('resource.hashDiffers'))).toEqual([false, true])
  })

  it('tells metadata that are gone as deleted, and broken metadata as faulty records', async () => {
    publish(entry('/1.xml') + entry('/2.xml') + entry('/3.xml'))
    give({ '/1.xml': dc('甲').slice(0, 40), '/3.xml': '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><dc><title>&a;</title></dc>' })
    const { items, end } = await read()
    expect(pathsOf(items)).toEqual(['record /1.xml', 'deleted /2.xml', 'record /3.xml'])
    expect(items.map(issueCodes)).toEqual([['metadata.unreadable'], ['resource.gone'], ['metadata.unreadable']])
    expect(end?.isFullList).toBe(true)
  })
})

describe('a faulty ResourceSync source', () => {
  it.each([
    ['a plain sitemap', '<urlset><url><loc>http://a.example/1</loc></url></urlset>', 'EDUFED_RESOURCESYNC_NOT_FOUND'],
    ['an archive only', '<urlset xmlns:rs="r"><rs:md capability="resourcelist-archive"/></urlset>', 'EDUFED_RESOURCESYNC_NOT_FOUND'],
    ['a web page', '<!doctype html><html><title>404</title></html>', 'EDUFED_XML_HTML'],
    [
      'a list that breaks off',
      '<urlset xmlns:rs="r"><rs:md capability="resourcelist"/><url><loc>http://a.example/1</loc></url>',
      'EDUFED_FETCH_TRUNCATED',
    ],
  ])('is refused with a clear error when it is %s', async (_, text, code) => {
    give({ '/x.xml': text })
    const { error, end } = await read({ url: `${server.url}/x.xml` })
    expect(error?.code).toBe(code)
    expect(error?.fix).toBeTruthy()
    expect(end).toBeUndefined()
  })

  it('is not read for ever when its capability lists name each other', async () => {
    give({
      '/a.xml': list('capabilitylist', entry('/b.xml', 'capability="capabilitylist"')),
      '/b.xml': list('capabilitylist', entry('/a.xml', 'capability="capabilitylist"')),
    })
    const { error } = await read({ url: `${server.url}/a.xml` })
    expect(error?.code).toBe('EDUFED_RESOURCESYNC_NOT_FOUND')
    expect(server.requests).toEqual(['/a.xml', '/b.xml'])
  })

  it('cannot lead to a private address by its lists', async () => {
    give({ '/a.xml': list('capabilitylist', '<url><loc>http://10.0.0.1/list.xml</loc><rs:md capability="resourcelist"/></url>') })
    const { error } = await read({ url: `${server.url}/a.xml` })
    expect(error?.code).toBe('EDUFED_FETCH_REFUSED_ADDRESS')
  })

  it('tells its lists before it is harvested', async () => {
    publish('')
    const fetcher = createFetcher({ allowNetworks: ['127.0.0.0/8'] })
    const description = await resourceSync.describe({ url: `${server.url}/` }, { fetcher, signal: new AbortController().signal })
    fetcher.close()
    expect(description).toMatchObject({
      name: '127.0.0.1 (resource lists: 1, change lists: 1, resource dumps: 1)',
      deletedRecord: 'transient',
    })
  })
})
