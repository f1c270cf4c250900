import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SearchResult } from '../../../src/search/search-index.js'
import { aDocument, put, search } from '../../support/search-documents.js'
import { elasticsearchUrl, openElasticsearch, type TestIndex } from '../../support/search-engines.js'

const works = 90
/** Works that Elasticsearch is let count off here. */
const largestFrom = 35
/** Every third work has a second form, every ninth a third one; dates put them far from each other. */
const documents = Array.from({ length: works }, (_, at) => {
  const dated = (day: number) => new Date(Date.UTC(2020, 0, 1 + (day % 97))).toISOString()
  const original = aDocument({ name: { en: `Harbour ${at}` }, inLanguage: ['en'], dateModified: dated(at * 31) })
  const form = (number: number) =>
    aDocument({
      name: { en: `Harbour ${at}, form ${number}` },
      inLanguage: ['en'],
      translationOfWork: { id: original.id },
      dateModified: dated(at * 31 + number * 41),
    })
  return [original, ...(at % 3 === 0 ? [form(1)] : []), ...(at % 9 === 0 ? [form(2)] : [])]
}).flat()
const workOfForm = new Map(documents.map(({ id, resource }) => [id, resource.translationOfWork?.id ?? id]))

const title = elasticsearchUrl ? 'pages far into a list' : 'pages far into a list (skipped: no Elasticsearch)'
describe.skipIf(!elasticsearchUrl)(title, () => {
  let test: TestIndex
  beforeAll(async () => {
    test = await openElasticsearch({ largestFrom, shards: 2 })
    await test.index.apply(documents.map(put), { epoch: 'e', sequence: 1 })
    await test.settle()
  }, 60_000)
  afterAll(() => test?.remove())

  it.each([
    { sort: 'relevance', limit: 10 },
    { sort: 'date', limit: 10 },
    { sort: 'date', limit: 7 },
    { sort: 'relevance', limit: 35 },
    { sort: 'date', limit: 36 },
  ] as const)('lose no work and bring no hit twice: %j', async ({ sort, limit }) => {
    const pages: SearchResult[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await search(test.index, { text: 'harbour', sort, limit, ...(cursor === undefined ? {} : { cursor }) })
      pages.push(page)
      expect(page.total).toBe(documents.length)
      cursor = page.cursor
      if (cursor === undefined) break
      expect(page.hits).toHaveLength(limit)
    }
    const ids = pages.flatMap((page) => page.hits.map((hit) => hit.id))
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(ids.map((id) => workOfForm.get(id))).size).toBe(works)
    const counted = ids.slice(0, Math.ceil((largestFrom + 1) / limit) * limit)
    expect(new Set(counted.map((id) => workOfForm.get(id))).size).toBe(counted.length)
    // What is no hit is named by one that is.
    const named = new Set(pages.flatMap((page) => page.hits.flatMap((hit) => [hit.id, ...(hit.translations ?? []).map((form) => form.id)])))
    expect(named.size).toBe(documents.length)
    expect(ids.length).toBeGreaterThan(works)
  })
})
