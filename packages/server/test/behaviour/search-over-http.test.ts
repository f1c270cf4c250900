import type { Problem, SearchPage } from '@edufed/sdk/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ServerError } from '../../src/errors.js'
import type { SearchIndex } from '../../src/search/search-index.js'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'

async function fill(test: TestApp) {
  const payload = { id: 'school', name: '第五中学', kind: 'push', level: 'school' }
  await test.app.inject({ method: 'POST', url: '/api/v1/sources', headers: test.admin, payload })
  const lines = ['一元二次方程', '二次函数', '静夜思'].map((name, index) =>
    JSON.stringify({ identifier: String(index), resource: { name: { 'zh-Hans': name }, inLanguage: ['zh-Hans'] } }),
  )
  const headers = { ...test.admin, 'content-type': 'application/x-ndjson' }
  await test.app.inject({ method: 'POST', url: '/api/v1/sources/school/records', headers, payload: lines.join('\n') })
}

describe('search over HTTP', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await buildTestApp()
    await fill(test)
    await test.indexed()
  }, 60_000)
  afterAll(() => test.close())

  const search = async (query: string) => (await test.app.inject(`/api/v1/search?${query}`)).json<SearchPage>()

  it('finds, filters, counts and labels, by GET and by POST alike', async () => {
    const q = encodeURIComponent('二次')
    const page = await search(`q=${q}&facets=source,level&source=school&limit=5`)
    expect(page.total).toBe(2)
    expect(page.facets.source).toEqual([{ value: 'school', label: '第五中学', count: 2 }])
    const payload = { q: '二次', facets: ['source', 'level'], source: ['school'], limit: 5 }
    expect((await test.app.inject({ method: 'POST', url: '/api/v1/search', payload })).json()).toEqual(page)
    expect(await search(`q=${q}&facets=source&facets=level&source=school&source=other&limit=5`)).toEqual(page)
    expect((await search('source=other')).total).toBe(0)
  })

  it('finds values of a facet by label and code, counted under the same words and filters', async () => {
    const facet = async (name: string, query: string) => await test.app.inject(`/api/v1/facets/${name}?${query}`)
    const q = encodeURIComponent('二次')
    expect((await facet('source', `find=${encodeURIComponent('六中')}&q=${q}`)).json()).toEqual({ total: 0, values: [] })
    const found = { total: 1, values: [{ value: 'school', label: '第五中学', count: 2 }] }
    expect((await facet('source', `find=${encodeURIComponent('中学')}&q=${q}`)).json()).toEqual(found)
    expect((await facet('source', `find=scho&q=${q}&source=other&language=zh-Hans`)).json()).toEqual(found)
    const payload = { find: 'SCHOOL', q: '二次' }
    expect((await test.app.inject({ method: 'POST', url: '/api/v1/facets/source', payload })).json()).toEqual(found)
    expect((await facet('language', 'limit=1')).json()).toEqual({
      total: 2,
      values: [{ value: 'zh', label: '中文', count: 3 }],
    })
    const unknown = await facet('colour', '')
    expect([unknown.statusCode, unknown.json<Problem>().code]).toEqual([400, 'EDUFED_REQUEST_INVALID'])
    expect((await facet('subject', 'colour=red')).statusCode).toBe(400)
  })

  it('pages by an opaque cursor that fits only its own query', async () => {
    const first = await search('limit=2')
    const second = await search(`limit=2&cursor=${first.cursor}`)
    expect([...first.hits, ...second.hits].map(({ id }) => id).sort()).toEqual(['0', '1', '2'].map((n) => `urn:edufed:school:${n}`))
    expect(second.cursor).toBeUndefined()
    const other = await test.app.inject(`/api/v1/search?q=x&cursor=${first.cursor}`)
    expect(other.json<Problem>().code).toBe('EDUFED_CURSOR_INVALID')
  })

  it('says why hits stand where they stand, in the reader’s language, when asked', async () => {
    const q = encodeURIComponent('二次函数')
    const explained = await search(`q=${q}&explain=true&lang=en`)
    const [hit] = explained.hits
    expect(hit!.explanation?.map(({ sign }) => sign)).toEqual(
      expect.arrayContaining(['inTitle', 'phraseInTitle', 'exactTitle', 'language']),
    )
    expect(hit!.explanation?.find(({ sign }) => sign === 'exactTitle')?.text).toBe('The title is exactly what was typed')
    const sum = hit!.explanation!.reduce((all, { worth }) => all + worth, 0)
    expect(sum).toBeCloseTo(hit!.score, 2)
    const inUyghur = await search(`q=${q}&explain=true&lang=ug`)
    expect(inUyghur.hits[0]!.explanation?.[0]?.text).toMatch(/[\u0600-\u06ff]/)
    expect((await search(`q=${q}`)).hits[0]).not.toHaveProperty('explanation')
  })

  it('suggests what is being typed', async () => {
    const answer = await test.app.inject(`/api/v1/suggest?q=${encodeURIComponent('静')}`)
    expect(answer.json<{ suggestions: { text: string }[] }>().suggestions.map(({ text }) => text)).toEqual(['静夜思'])
    expect((await test.app.inject('/api/v1/suggest')).json<Problem>().errors).toEqual([
      expect.objectContaining({ path: 'q', message: 'is missing' }),
    ])
  })

  it('is measured', async () => {
    await search('q=x')
    const { body } = await test.app.inject('/metrics')
    expect(body).toMatch(/edufed_search_duration_seconds_count\{engine="sqlite",outcome="answered"\} [1-9]/)
    expect(body).toMatch(/edufed_records_written_total\{outcome="created"\} 3/)
    expect(body).toMatch(/edufed_change_sequence 3/)
    expect(body).toMatch(/edufed_index_lag 0/)
    expect(body).toMatch(/http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/search",status_code="200"\}/)
  })

  it('names the other languages of a work in the reader’s own', async () => {
    const headers = { ...test.admin, 'content-type': 'application/x-ndjson' }
    const translated = { name: { 'kk-Cyrl': 'Көктем таңы' }, inLanguage: ['kk-Cyrl'], translationOfWork: { id: 'spring' } }
    const payload = [
      { identifier: 'spring', resource: { name: { 'zh-Hans': '春晓' }, inLanguage: ['zh-Hans'] } },
      { identifier: 'spring-kk', resource: translated },
    ].map((record) => JSON.stringify(record))
    await test.app.inject({ method: 'POST', url: '/api/v1/sources/school/records', headers, payload: payload.join('\n') })
    await test.indexed()
    const { hits } = await search(`q=${encodeURIComponent('春晓')}&lang=en`)
    expect(hits.map(({ translations }) => translations)).toEqual([
      [{ id: 'urn:edufed:school:spring-kk', name: translated.name, inLanguage: ['kk-Cyrl'], label: 'Kazakh (Cyrillic script)' }],
    ])
  })
})

describe('with the search engine away', () => {
  it('search says so and when to come back, /readyz names it, and everything else goes on', async () => {
    const away = () => Promise.reject(new ServerError('EDUFED_SEARCH_UNAVAILABLE', 'The engine does not answer', { retryAfterSeconds: 5 }))
    const index = {
      engine: 'elasticsearch',
      search: away,
      suggest: away,
      translationsOf: away,
      status: async () => ({ isAvailable: false, detail: 'no answer' }),
    }
    const test = await buildTestApp({
      replaceAdapters: ({ searchIndex }) => ({ searchIndex: { ...index, close: () => searchIndex.close() } as unknown as SearchIndex }),
    })
    try {
      await fill(test)
      for (const url of ['/api/v1/search?q=x', '/api/v1/suggest?q=x']) {
        const answer = await test.app.inject(url)
        expect([answer.statusCode, answer.json<Problem>().code, answer.headers['retry-after']]).toEqual([
          503,
          'EDUFED_SEARCH_UNAVAILABLE',
          '5',
        ])
      }
      const ready = await test.app.inject('/readyz')
      expect(ready.statusCode).toBe(503)
      expect(ready.json()).toMatchObject({
        status: 'notReady',
        checks: [
          { name: 'database', isReady: true },
          { name: 'search', isReady: false, detail: 'elasticsearch: no answer' },
          { name: 'indexer' },
        ],
      })
      expect((await test.app.inject('/healthz')).statusCode).toBe(200)
      expect((await test.app.inject('/api/v1/changes')).json<{ changes: unknown[] }>().changes).toHaveLength(3)
    } finally {
      await test.close()
    }
  })
})
