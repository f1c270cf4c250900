import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ResourceDraft } from '@edufed/sdk/schemas'
import { Compile } from 'typebox/compile'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { smartedu } from '../../src/connectors/smartedu/index.js'
import { findUnresolvedTags, parseTagTree } from '../../src/connectors/smartedu/tag-tree.js'
import { createFetcher } from '../../src/fetch/create-fetcher.js'
import { type FileServer, startFileServer } from '../support/file-server.js'
import { issueCodes, readSource, replay } from '../support/read-source.js'
import { noSharedData, sharedData } from '../support/shared-data.js'
import { aTextbook } from '../support/smartedu-records.js'

let server: FileServer
beforeEach(async () => {
  server = await startFileServer()
})
afterEach(() => server.close())

const part = (...ids: string[]) => JSON.stringify(ids.map((id) => aTextbook(id)))
const ids = (items: readonly { identifier: string }[]) => items.map((item) => item.identifier)

/** Publishes part files; `urls` as one text, as the platform does for textbooks, or as a list, as for lessons. */
function publish(parts: Record<string, string>, { version = 1, asText = false, path = '/data_version.json' } = {}) {
  const urls = Object.keys(parts).map((name) => `${server.url}${name}`)
  for (const [name, content] of Object.entries(parts)) server.files.set(name, content)
  server.files.set(path, JSON.stringify({ module: 'tch_material', module_version: version, urls: asText ? urls.join(',') : urls }))
  return { url: `${server.url}${path}` }
}

describe("the national platform's static JSON", () => {
  it.each([[true], [false]])('is read part by part (addresses in one text: %s)', async (asText) => {
    const settings = publish({ '/part_100.json': part('a', 'b'), '/part_101.json': part('c') }, { asText })
    const { pages, items, end, error } = await readSource(smartedu, settings)
    expect(error).toBeUndefined()
    expect(ids(items)).toEqual(['a', 'b', 'c'])
    expect(pages).toHaveLength(2)
    expect(end?.isFullList).toBe(true)
    expect(items[0]).toMatchObject({ type: 'record', datestamp: '2024-03-15T14:22:07.930+0800', metadataPrefix: 'smartedu', issues: [] })
    expect(await replay(smartedu, settings, pages)).toEqual(items)
  })

  it('is not read again while its version stays, and wholly when it changes', async () => {
    const settings = publish({ '/part_100.json': part('a', 'b') })
    const first = await readSource(smartedu, settings)
    server.requests.length = 0
    const second = await readSource(smartedu, settings, { since: first.end!.next })
    expect(second.items).toEqual([])
    expect(second.end?.isFullList).toBe(false)
    expect(server.requests).toEqual(['/data_version.json'])
    publish({ '/part_100.json': part('b') }, { version: 2 })
    const third = await readSource(smartedu, settings, { since: second.end!.next })
    expect(ids(third.items)).toEqual(['b'])
    expect(third.end?.isFullList).toBe(true)
  })

  it('tells of records that were taken offline', async () => {
    const records = [aTextbook('a'), aTextbook('b', { status: 'OFFLINE' })]
    const { items } = await readSource(smartedu, publish({ '/p.json': JSON.stringify(records) }))
    expect(items.map((item) => item.type)).toEqual(['record', 'deleted'])
  })

  it('reads several modules as one source', async () => {
    const books = publish({ '/books.json': part('a') }, { path: '/books/data_version.json' })
    const lessons = publish({ '/lessons.json': part('b') }, { path: '/lessons/data_version.json' })
    const { items } = await readSource(smartedu, { url: [books.url, lessons.url] })
    expect(ids(items)).toEqual(['a', 'b'])
  })

  it.each([
    ['is missing', undefined, 'EDUFED_FETCH_STATUS', []],
    ['is a web page', '<!DOCTYPE html><title>502 Bad Gateway</title>', 'EDUFED_JSON_HTML', []],
    ['is empty', '', 'EDUFED_JSON_INVALID', []],
    ['is no list', '{"message":"busy"}', 'EDUFED_JSON_INVALID', []],
    ['breaks off', part('x', 'y', 'z').slice(0, -40), 'EDUFED_JSON_INVALID', ['x', 'y']],
  ])('takes all that can be got when a part file %s, and ends with a clear error', async (_, content, code, saved) => {
    const settings = publish({ '/1.json': part('a'), '/2.json': content ?? '', '/3.json': part('c') })
    if (content === undefined) server.files.delete('/2.json')
    const { items, error, end, pages } = await readSource(smartedu, settings)
    expect(ids(items)).toEqual(['a', ...saved, 'c'])
    expect(error?.code).toBe(code)
    expect(error?.message).toContain('/2.json')
    expect(end).toBeUndefined()

    server.requests.length = 0
    server.files.set('/2.json', part('x', 'y', 'z'))
    const rest = await readSource(smartedu, settings, { checkpoint: pages.at(-1)!.checkpoint })
    expect(ids(rest.items)).toEqual(['x', 'y', 'z'])
    expect(server.requests).not.toContain('/1.json')
    expect(rest.end?.isFullList).toBe(false)
    const next = await readSource(smartedu, settings, { since: rest.end!.next })
    expect(ids(next.items)).toEqual(['a', 'x', 'y', 'z', 'c'])
    expect(next.end?.isFullList).toBe(true)
  })

  it.each([
    ['a web page', '<html><title>登录</title></html>', 'EDUFED_JSON_HTML'],
    ['a list', '[]', 'EDUFED_SMARTEDU_NOT_VERSION_FILE'],
    ['without parts', '{"module_version":1,"urls":""}', 'EDUFED_SMARTEDU_NOT_VERSION_FILE'],
    ['with parts that are files', '{"module_version":1,"urls":["file:///etc/passwd"]}', 'EDUFED_SMARTEDU_NOT_VERSION_FILE'],
  ])('is refused when the version file is %s', async (_, content, code) => {
    server.files.set('/data_version.json', content)
    const { error } = await readSource(smartedu, { url: `${server.url}/data_version.json` })
    expect(error?.code).toBe(code)
  })

  it('never follows a version file to a private address', async () => {
    server.files.set('/data_version.json', JSON.stringify({ module_version: 1, urls: ['http://10.255.255.1/part.json'] }))
    const { error, items } = await readSource(smartedu, { url: `${server.url}/data_version.json` })
    expect(error?.code).toBe('EDUFED_FETCH_REFUSED_ADDRESS')
    expect(items).toEqual([])
  })

  it('refuses a part file that is too large', async () => {
    const settings = publish({ '/1.json': JSON.stringify([aTextbook('a', { title: 'x'.repeat(10_000) })]) })
    const { error } = await readSource(smartedu, { ...settings, maxPartBytes: 2000 })
    expect(error?.code).toBe('EDUFED_FETCH_TOO_LARGE')
  })

  it('reports records without id, ids listed twice, and records that are none', async () => {
    const records = [aTextbook('a'), aTextbook('a'), aTextbook('', { id: null }), 7, { id: 'b' }]
    const { items, issues } = await readSource(smartedu, publish({ '/1.json': JSON.stringify(records) }))
    expect(items).toHaveLength(5)
    expect(issues).toEqual(['identifier.duplicate'])
    expect(items.slice(2).map(issueCodes)).toEqual([['identifier.missing'], ['record.invalid', 'identifier.missing'], ['title.missing']])
  })

  it.each([
    ['the present shape', 'zxxxk', 'zxxxd'],
    ['the older shape', '5036342742', '5036342742'],
  ])('says in the preview which tags of the tree are in no vocabulary, in %s', async (_, subject, stage) => {
    const tag = (id: string, name: string, dimension: string, hierarchies: unknown[] = []) => ({
      tag_id: id,
      tag_name: name,
      tag_dimension_id: dimension,
      hierarchies,
    })
    const subjects = { hierarchy_name: '学科', children: [tag('2', '数学', subject), tag('3', '量子魔法', subject)] }
    server.files.set(
      '/tag.json',
      JSON.stringify({ hierarchies: [{ hierarchy_name: '学段', children: [tag('1', '小学', stage, [subjects])] }] }),
    )
    const fetcher = createFetcher({ allowNetworks: ['127.0.0.0/8'] })
    const settings = { ...publish({ '/1.json': part('a') }), tagsUrl: `${server.url}/tag.json` }
    const description = await smartedu.describe(settings, { fetcher, signal: new AbortController().signal })
    fetcher.close()
    expect(description).toMatchObject({ name: 'tch_material', authority: '127.0.0.1', deletedRecord: 'no' })
    expect(description.issues.map((issue) => issue.message)).toEqual(['1 tags are in no vocabulary: 量子魔法'])
  })
})

describe.skipIf(!sharedData)(`the real files of the national platform${sharedData ? '' : ` (${noSharedData})`}`, () => {
  const folder = join(sharedData ?? '', 'fixtures/smartedu-v1')
  const file = (name: string) => readFileSync(join(folder, name), 'utf8')

  it('are read whole, every record valid and every tag a concept', async () => {
    const parts = ['part_100.json', 'part_101.json', 'part_102.json', 'tch_material_part_103_nonspecial.json']
    const settings = publish(Object.fromEntries(parts.map((name) => [`/${name}`, file(name)])))
    const { items, issues, error } = await readSource(smartedu, settings)
    expect(error).toBeUndefined()
    expect(items).toHaveLength(2374)
    expect(new Set(ids(items)).size).toBe(2374)
    expect(issues).toEqual([])
    expect(items.flatMap(issueCodes)).toEqual([])
    const isDraft = Compile(ResourceDraft)
    expect(items.filter((item) => item.type !== 'record' || !isDraft.Check(item.resource))).toEqual([])
  })

  it.each([['tch_material_tag.json'], ['tch_material_tag_v1_oldshape.json']])('have a tag tree whose tags are all known: %s', (name) => {
    const tags = parseTagTree(JSON.parse(file(name)))
    expect(tags.length).toBeGreaterThan(100)
    expect(tags.filter((tag) => tag.vocabulary === undefined).map((tag) => tag.name)).toEqual(['电子教材'])
    expect(findUnresolvedTags(tags).map((tag) => tag.name)).toEqual([])
  })
})
