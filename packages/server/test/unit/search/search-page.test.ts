import { SearchPage, SearchQuery } from '@edufed/sdk/schemas'
import { describe, expect, it } from 'vitest'
import { resolveQuery } from '../../../src/search/resolve-query.js'
import type { SearchResult } from '../../../src/search/search-index.js'
import { toSearchPage } from '../../../src/search/to-search-page.js'
import { aDocument, aHitSource } from '../../support/search-documents.js'

describe('a search query', () => {
  it('gets all defaults', () => {
    expect(resolveQuery({})).toEqual({ text: '', lang: 'zh-Hans', limit: 20, sort: 'relevance', facets: [], filters: {} })
  })

  it('keeps what was asked, each value once and no empty filter', () => {
    const query: SearchQuery = {
      q: '数学',
      lang: 'ug',
      limit: 0,
      sort: 'date',
      cursor: 'c',
      facets: ['subject'],
      subject: ['a', 'b', 'a'],
      grade: [],
    }
    expect(resolveQuery(query)).toEqual({
      text: '数学',
      lang: 'ug',
      limit: 0,
      sort: 'date',
      cursor: 'c',
      facets: ['subject'],
      filters: { subject: ['a', 'b'] },
    })
  })

  it('has every property of its schema', () => {
    const asked = Object.fromEntries(Object.keys(SearchQuery.properties).map((name) => [name, ['x']])) as unknown as SearchQuery
    const { filters, ...rest } = resolveQuery(asked)
    // Whether hits are explained is no concern of an index.
    const ofIndex = Object.keys(SearchQuery.properties).filter((name) => name !== 'explain')
    expect(Object.keys({ ...rest, ...filters })).toHaveLength(ofIndex.length)
  })
})

describe('a search page', () => {
  const { id, resource } = aDocument()
  const result: SearchResult = {
    total: 1,
    hits: [{ id, score: 1, resource, sources: [{ ...aHitSource('jin'), name: '晋中学校' }], highlights: {} }],
    facets: {
      level: [{ value: 'provincial', count: 3 }],
      source: [
        { value: 'jin', count: 2 },
        { value: 'gone', count: 1 },
      ],
      language: [{ value: 'ug-Arab', count: 4 }],
      subject: [{ value: 'https://example.org/subjects/quantum', count: 1 }],
    },
    cursor: 'next',
  }

  it('labels facet values in the language of the reader', async () => {
    const chinese = await toSearchPage(result, { lang: 'zh-Hans' })
    expect(chinese.facets.level).toEqual([{ value: 'provincial', label: '省级', count: 3 }])
    expect(chinese.facets.language).toEqual([{ value: 'ug-Arab', label: '维吾尔文', count: 4 }])
    const uyghur = await toSearchPage(result, { lang: 'ug' })
    expect(uyghur.facets.level?.[0]?.label).toBe('ئۆلكە دەرىجىلىك')
    const other = await toSearchPage(result, { lang: 'de' })
    expect(other.facets.level?.[0]?.label).toBe('Provincial')
  })

  it('says what a value is part of, in the language of the reader', async () => {
    const facets: SearchResult['facets'] = {
      grade: [{ value: 'grade-3', count: 2 }],
      region: [
        { value: '650000', count: 2 },
        { value: '650100', count: 1 },
        { value: '330106', count: 1 },
      ],
    }
    const page = await toSearchPage({ total: 2, hits: [], facets, moreValues: ['region'] }, { lang: 'en' })
    expect(page.facets.grade).toEqual([
      { value: 'grade-3', label: 'Grade 3', count: 2, parent: { facet: 'stage', value: 'primary', label: 'Primary school' } },
    ])
    expect(page.facets.region?.map((one) => one.parent)).toEqual([
      undefined,
      { facet: 'region', value: '650000', label: 'Xinjiang' },
      { facet: 'region', value: '330100', label: '330100' },
    ])
    expect(page.moreValues).toEqual(['region'])
  })

  it('labels a value that no vocabulary has by itself', async () => {
    const { facets } = await toSearchPage(result, { lang: 'en' })
    expect(facets.subject?.[0]?.label).toBe('https://example.org/subjects/quantum')
  })

  it('names sources as they are called now, else as the hits call them, else by their ids', async () => {
    const asked: string[][] = []
    const nameSources = async (ids: readonly string[]) => {
      asked.push([...ids])
      return new Map([['jin', '晋中第一学校']])
    }
    expect((await toSearchPage(result, { lang: 'en' }, { nameSources })).facets.source?.map((one) => one.label)).toEqual([
      '晋中第一学校',
      'gone',
    ])
    expect(asked).toEqual([['jin', 'gone']])
    expect((await toSearchPage(result, { lang: 'en' })).facets.source?.map((one) => one.label)).toEqual(['晋中学校', 'gone'])
  })

  it('passes hits, total and cursor on, and has only what its schema has', async () => {
    const page = await toSearchPage(result, { lang: 'en' })
    expect(page).toMatchObject({ total: 1, hits: result.hits, cursor: 'next' })
    expect(Object.keys(SearchPage.properties)).toEqual(expect.arrayContaining(Object.keys(page)))
    expect(await toSearchPage({ total: 0, hits: [], facets: {} }, { lang: 'en' })).toEqual({ total: 0, hits: [], facets: {} })
  })
})
