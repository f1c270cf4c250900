import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { jsonApi } from '../../src/connectors/json-api/index.js'
import type { JsonApiSettings } from '../../src/connectors/json-api/settings.js'
import { assertSettings } from '../../src/connectors/settings-check.js'
import { createFetcher } from '../../src/fetch/create-fetcher.js'
import { type FileAnswer, type FileServer, startFileServer } from '../support/file-server.js'
import { issueCodes, readSource, replay, titleOf } from '../support/read-source.js'

let server: FileServer
beforeEach(async () => {
  server = await startFileServer()
})
afterEach(() => server.close())

const give = (files: Record<string, unknown>) => {
  for (const [path, answer] of Object.entries(files)) {
    server.files.set(path, typeof answer === 'function' || typeof answer === 'string' ? (answer as FileAnswer) : JSON.stringify(answer))
  }
}
function read(settings: Partial<JsonApiSettings> = {}, state: Parameters<typeof readSource>[2] = {}) {
  const all = { url: `${server.url}/api`, ...settings }
  assertSettings(jsonApi, all)
  return readSource(jsonApi, all, state)
}
const item = (id: number) => ({ id, title: `第${id}课`, url: `https://school.example/${id}` })

describe('a JSON API', () => {
  it('gives a record for each item by its mapping', async () => {
    const resource = {
      code: 'k-1',
      info: { titles: [{ text: '静夜思' }] },
      tags: [{ name: '语文' }, { name: '诗歌' }],
      href: 'https://school.example/1',
      state: 'on',
    }
    give({ '/api': { meta: {}, data: { list: [resource, { code: 'k-2', state: 'off' }] } } })
    const settings: Partial<JsonApiSettings> = {
      items: 'data.list',
      identifier: 'code',
      mapping: {
        fields: {
          name: 'info.titles.text',
          subject: 'tags.0.name',
          keywords: 'tags.name',
          url: 'href',
          license: { constant: 'CC BY 4.0' },
        },
      },
      deleted: { path: 'state', values: ['off'] },
    }
    const { items, pages, end } = await read(settings)
    expect(items[0]).toMatchObject({
      identifier: 'k-1',
      issues: [],
      resource: {
        name: { 'zh-Hans': '静夜思' },
        about: [{ notation: 'chinese' }],
        keywords: [{ value: '语文' }, { value: '诗歌' }],
        url: 'https://school.example/1',
        license: { label: 'CC BY 4.0' },
      },
    })
    expect(items[1]).toEqual({ type: 'deleted', identifier: 'k-2' })
    expect(end?.isFullList).toBe(true)
    expect(await replay(jsonApi, { url: server.url, ...settings }, pages)).toEqual(items)
  })

  it('finds the list and the fields by their names when nothing is said', async () => {
    give({ '/api': { total: 1, results: [{ ...item(1), subject: { name: '数学' }, grade: ['九年级'] }] } })
    const { items } = await read()
    expect(items[0]).toMatchObject({
      identifier: '1',
      resource: { name: { 'zh-Hans': '第1课' }, about: [{ notation: 'mathematics' }], educationalLevel: [{ notation: 'grade-9' }] },
    })
  })

  it.each<[string, JsonApiSettings['paging'], Record<string, unknown>]>([
    [
      'a link',
      { by: 'next', path: 'next' },
      { '/api': { items: [item(1), item(2)], next: '/api/2' }, '/api/2': { items: [item(3)], next: null } },
    ],
    ['a page number', { by: 'page', parameter: 'p' }, { '/api?p=1': [item(1), item(2)], '/api?p=2': [item(3)], '/api?p=3': [] }],
    ['an offset', { by: 'offset', parameter: 'skip' }, { '/api': [item(1), item(2)], '/api?skip=2': [item(3)], '/api?skip=3': [] }],
    [
      'a cursor',
      { by: 'cursor', parameter: 'c', path: 'meta.cursor' },
      { '/api': { items: [item(1), item(2)], meta: { cursor: 'a b' } }, '/api?c=a+b': { items: [item(3)], meta: {} } },
    ],
  ])('is read page by page by %s', async (_, paging, files) => {
    give(files)
    const { items, error } = await read({ ...(paging && { paging }) })
    expect(error).toBeUndefined()
    expect(items.map((found) => found.identifier)).toEqual(['1', '2', '3'])
  })

  it('deletes nothing when it tells of more items than it gave', async () => {
    give({ '/api': { total: 7, items: [item(1)] } })
    const { issues, end, pages } = await read()
    expect(issues).toEqual(['list.incomplete'])
    expect(end?.isFullList).toBe(false)
    expect(pages[0]?.expectedRecords).toBe(7)
  })

  it('goes on behind the last page that was kept, and then names no full list', async () => {
    give({ '/api': [item(1)], '/api?skip=1': '{"broken"' })
    const paging = { by: 'offset', parameter: 'skip' } as const
    const broken = await read({ paging })
    expect(broken.error?.code).toBe('EDUFED_JSON_INVALID')
    give({ '/api?skip=1': [item(2)], '/api?skip=2': [] })
    const resumed = await read({ paging }, { checkpoint: broken.pages.at(-1)!.checkpoint })
    expect(resumed.items.map(titleOf)).toEqual(['第2课'])
    expect(resumed.end?.isFullList).toBe(false)
  })

  it('gives its token to the host that it is for, and to no other', async () => {
    const other = await startFileServer({
      '/2': (request, response) => void response.end(JSON.stringify({ items: [item(request.headers.authorization ? 9 : 2)] })),
    })
    give({
      '/api': (request: { headers: { authorization?: string } }, response: { end(text: string): void }) =>
        response.end(JSON.stringify({ items: [item(request.headers.authorization === 'Bearer secret' ? 1 : 8)], next: `${other.url}/2` })),
    })
    const { items } = await read({ token: 'secret', paging: { by: 'next', path: 'next' } })
    await other.close()
    expect(items.map((found) => found.identifier)).toEqual(['1', '2'])
    expect(jsonApi.secrets).toEqual(['token'])
  })
})

describe('a faulty JSON API', () => {
  it.each([
    ['a web page', '<!doctype html><html><title>登录</title></html>', 'EDUFED_JSON_HTML'],
    ['JSON that breaks off', '{"items":[{"id":1}', 'EDUFED_JSON_INVALID'],
    ['nothing', '', 'EDUFED_JSON_INVALID'],
    ['an answer without a list', '{"error":"no access"}', 'EDUFED_JSON_NO_ITEMS'],
    [
      'a redirect to a private address',
      (_: unknown, response: { writeHead(status: number, headers: object): { end(): void } }) =>
        response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
      'EDUFED_FETCH_REFUSED_ADDRESS',
    ],
  ])('is refused with a clear error when it answers %s', async (_, answer, code) => {
    give({ '/api': answer })
    const { error, end } = await read()
    expect(error?.code).toBe(code)
    expect(error?.fix).toBeTruthy()
    expect(end).toBeUndefined()
  })

  it('is stopped when its pages have no end', async () => {
    give({ '/api?page=1': [item(1)], '/api?page=2': [item(1)], '/api': { items: [item(1)], next: '/api' } })
    expect((await read({ paging: { by: 'page', parameter: 'page' } })).error?.message).toContain('the same items')
    expect((await read({ paging: { by: 'next', path: 'next' } })).error?.code).toBe('EDUFED_LIST_ENDLESS')
    give({ '/api?page=2': [item(2)] })
    expect((await read({ maxPages: 1, paging: { by: 'page', parameter: 'page' } })).error?.message).toContain('more than 1 pages')
  })

  it('gives every item of a faulty list with what is wrong with it', async () => {
    give({ '/api': [{ title: '甲' }, { id: 2 }, 'text', null, { id: 2, title: '乙' }] })
    const { items, issues } = await read()
    expect(items.map(titleOf)).toEqual(['甲', undefined, undefined, undefined, '乙'])
    expect(issueCodes(items[0]!)).toContain('identifier.missing')
    expect(issueCodes(items[2]!)).toEqual(['identifier.missing', 'title.missing'])
    expect(issues).toEqual(['identifier.duplicate'])
  })

  it('tells what is wrong with its first item before it is harvested', async () => {
    give({ '/api': [{ title: '甲' }] })
    const fetcher = createFetcher({ allowNetworks: ['127.0.0.0/8'] })
    const description = await jsonApi.describe({ url: `${server.url}/api` }, { fetcher, signal: new AbortController().signal })
    fetcher.close()
    expect(description.issues.map(({ code }) => code)).toContain('identifier.missing')
  })
})
