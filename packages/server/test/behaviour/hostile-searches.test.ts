import { setImmediate } from 'node:timers/promises'
import type { Problem, SearchPage } from '@edufed/sdk/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeViewer } from '../../src/catalog/viewer.js'
import { SearchService } from '../../src/modules/search/index.js'
import { isPast } from '../../src/search/deadline.js'
import type { SearchIndex } from '../../src/search/search-index.js'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'
import { aQuery } from '../support/search-documents.js'

const facets = ['subject', 'stage', 'grade', 'edition', 'volume', 'type', 'language', 'level', 'source', 'region', 'license']
const twoHundred = Array.from({ length: 200 }, (_, at) => `value-${at}`)

const texts: [what: string, q: string][] = [
  ['10,000 letters', 'a'.repeat(10_000)],
  ['10,000 Chinese characters', '一元二次方程的解法怎么教'.repeat(833)],
  [
    'thousands of words',
    Array.from({ length: 2_000 }, (_, at) => `w${at}`)
      .join(' ')
      .slice(0, 10_000),
  ],
  ['thousands of names of subjects and grades', '人教版三年级上册数学课件 maths '.repeat(500).slice(0, 10_000)],
  ['thousands of words of other scripts', 'ماتېماتىكا математика གྲངས་རིག '.repeat(330).slice(0, 10_000)],
  ['thousands of misspelt words', 'quadradic фотосинтиз '.repeat(470).slice(0, 10_000)],
  ['Tibetan without end', 'ཀ་'.repeat(5_000)],
  ['quotation marks that are not closed', '"一元 “二次 «方程 「x'],
  ['nothing but quotation marks', '"'.repeat(10_000)],
  ['nothing but excluded words', '-a '.repeat(3_333)],
  ['the query language of Elasticsearch', '{"query":{"match_all":{}}} _exists_:* title:(a OR b)^2 /.*(a+)+$/ [1 TO *]'],
  ['the query language of SQLite', 'title : ^ NEAR(a b, 5) * OR \'"; drop table entries; --'],
  ['lone surrogates', '方\ud800程\udc00 \udfff'],
  ['right-to-left overrides', '\u202e方程\u202c \u2066ماتېماتىكا\u2069 \u200f'],
  ['control characters', '\u0000\u0001\u001b[2J\u007f\u0085 方程'],
  ['a heap of marks', `e${'\u0301'.repeat(9_999)}`],
]

describe('searches that nobody means well', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await buildTestApp()
    const payload = { id: 'school', name: '第五中学', kind: 'push', level: 'school' }
    await test.app.inject({ method: 'POST', url: '/api/v1/sources', headers: test.admin, payload })
    const lines = Array.from({ length: 300 }, (_, at) =>
      JSON.stringify({ identifier: String(at), resource: { name: { 'zh-Hans': `一元二次方程 ${at}`, en: 'Quadratic equations' } } }),
    )
    const headers = { ...test.admin, 'content-type': 'application/x-ndjson' }
    await test.app.inject({ method: 'POST', url: '/api/v1/sources/school/records', headers, payload: lines.join('\n') })
    await test.indexed()
  }, 60_000)
  afterAll(() => test.close())

  const post = (payload: object) => test.app.inject({ method: 'POST', url: '/api/v1/search', payload })
  const problemOf = async (payload: object) => {
    const answer = await post(payload)
    expect(answer.statusCode, answer.body).toBe(400)
    return answer.json<Problem>()
  }

  it.each(texts)('of %s are answered with a page', async (_, q) => {
    const answer = await post({ q, facets, explain: true })
    expect(answer.statusCode, answer.body.slice(0, 500)).toBe(200)
    expect(answer.json<SearchPage>().total).toBeLessThanOrEqual(300)
    const suggestions = await test.app.inject({ url: '/api/v1/suggest', query: { q: q.slice(0, 200).toWellFormed() } })
    expect(suggestions.statusCode, suggestions.body).toBe(200)
  })

  it('longer than 10,000 characters are refused with the name of the field', async () => {
    expect(await problemOf({ q: 'a'.repeat(10_001) })).toMatchObject({ code: 'EDUFED_REQUEST_INVALID', errors: [{ path: '/q' }] })
  })

  it('with two hundred values of every filter are answered, with more refused', async () => {
    const filters = Object.fromEntries(facets.map((name) => [name, twoHundred]))
    expect((await post({ ...filters, facets })).json<SearchPage>()).toMatchObject({ total: 0, hits: [] })
    expect((await problemOf({ subject: [...twoHundred, 'one more'] })).errors).toMatchObject([{ path: '/subject' }])
    const address = new URLSearchParams(twoHundred.map((value) => ['subject', value]))
    expect((await test.app.inject(`/api/v1/search?${address}`)).json<SearchPage>().total).toBe(0)
  })

  it('for values that a facet does not have find nothing; for facets and parameters that do not exist they are refused', async () => {
    for (const value of ['no-such-subject', '__proto__', 'constructor', '*', '"', '\u202e', '\ud800'])
      expect((await post({ subject: [value], facets })).json<SearchPage>().total, value).toBe(0)
    for (const payload of [
      { facets: ['colour'] },
      { colour: ['red'] },
      { facets: ['__proto__'] },
      { q: { match_all: {} } },
      { limit: 101 },
    ])
      expect((await problemOf(payload)).code).toBe('EDUFED_REQUEST_INVALID')
  })

  it('with a broken address are answered or refused, never a fault of the server', async () => {
    for (const query of [
      'q=%ED%A0%80',
      'q=%',
      'q=%00',
      'q[]=a',
      'q=a&q=b',
      'limit=-1',
      'limit=1e9',
      'cursor=%22',
      'cursor=e30.e30',
      '&&&=',
      'lang=%F0',
    ]) {
      const { statusCode } = await test.app.inject(`/api/v1/search?${query}`)
      expect([200, 400], query).toContain(statusCode)
    }
  })

  it('page to the last hit, and no cursor goes behind it', async () => {
    let seen = 0
    let cursor: string | undefined
    do {
      const page: SearchPage = (await post({ q: '方程', limit: 50, ...(cursor ? { cursor } : {}) })).json()
      seen += page.hits.length
      cursor = page.cursor
    } while (cursor !== undefined)
    expect(seen).toBe(300)
    const forged = Buffer.from(JSON.stringify({ value: 0, tie: 0, row: 1e15 })).toString('base64url')
    for (const bad of [forged, 'x'.repeat(8_000), `${forged}.${forged}`])
      expect((await problemOf({ cursor: bad })).code).toBe('EDUFED_CURSOR_INVALID')
  })

  it('take no longer than their time: behind it they are given up, with the time to come back', async () => {
    const { searchIndex } = test.adapters
    const late = searchIndex.search(aQuery({ text: '方程', deadline: Date.now() - 1 }), nodeViewer)
    await expect(late).rejects.toMatchObject({ code: 'EDUFED_SEARCH_TIMEOUT', status: 503, retryAfterSeconds: 5 })
    expect((await searchIndex.search(aQuery({ text: '方程', deadline: Date.now() + 60_000 }), nodeViewer)).total).toBe(300)
  })

  it('are answered with what was found when no time is left for what may have been meant', async () => {
    const asked: string[] = []
    const { searchIndex } = test.adapters
    /** Finds what there is, and is done when the time is over. */
    const search: SearchIndex['search'] = async ({ deadline, ...query }, viewer) => {
      asked.push('search')
      const found = await searchIndex.search(query, viewer)
      while (!isPast(deadline)) await setImmediate()
      return found
    }
    const index = new Proxy(searchIndex, {
      get(target, name: keyof SearchIndex) {
        if (name === 'search') return search
        asked.push(name)
        return target[name]
      },
    })
    const options = { index, nameSources: async () => new Map(), observe: () => {} }
    const page = await new SearchService({ ...options, timeLimitMs: 20 }).search({ q: 'quadradic' }, nodeViewer)
    expect(page).toMatchObject({ total: 0, hits: [] })
    expect(page.interpretation).toBeUndefined()
    expect(asked).toEqual(['search'])
    const enough = await new SearchService({ ...options, index: searchIndex }).search({ q: 'quadradic' }, nodeViewer)
    expect(enough).toMatchObject({ total: 300, interpretation: { didYouMean: 'quadratic' } })
  })
})
