import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anonymousViewer, nodeViewer } from '../../../src/catalog/viewer.js'
import type { ResolvedSearchQuery } from '../../../src/search/search-index.js'
import { searchCorrected } from '../../../src/search/spelling/corrected-search.js'
import { aDocument, aQuery, type DocumentTraits, put } from '../../support/search-documents.js'
import type { OpenTestIndex, TestIndex } from '../../support/search-engines.js'

const coded: Record<string, DocumentTraits> = {
  cubes: { name: { 'zh-Hans': '认识立方体' }, subject: ['mathematics'], grade: ['grade-3'], edition: 'renjiao' },
  ruler: { name: { 'zh-Hans': '量一量' }, subject: ['mathematics'], grade: ['grade-3'] },
  poem: {
    name: { 'zh-Hans': '望洞庭' },
    subject: ['chinese'],
    grade: ['grade-3'],
    edition: 'renjiao',
    bookVolume: 'upper',
    resourceType: ['courseware'],
  },
  angles: { name: { 'zh-Hans': '量角器' }, subject: ['mathematics'], grade: ['grade-4'] },
  leaves: { name: { en: 'Photosynthesis in leaves' }, inLanguage: ['en'] },
  volcano: { name: { en: 'Volcano models' }, inLanguage: ['en'] },
  free: { name: { 'zh-Hans': '免费阅读' } },
}

export function relaxationContract(open: OpenTestIndex): void {
  describe('words that stand in the way', () => {
    let test: TestIndex
    const searched = (text: string, more: Partial<ResolvedSearchQuery> = {}, viewer = nodeViewer) =>
      searchCorrected(test.index, aQuery({ text, ...more }), viewer)
    const named = (names: readonly string[]) => names.map((name) => Object.values(coded[name]!.name!)[0]).sort()
    beforeAll(async () => {
      test = await open()
      const many = Array.from({ length: 30 }, (_, at) => aDocument({ name: { en: `Meadow ${at}` }, inLanguage: ['en'] }))
      const secret = aDocument({ name: { en: 'Photosynthesis of volcano moss' }, visibleTo: 'nobody' })
      const documents = [...Object.values(coded).map((traits) => aDocument(traits)), ...many, secret]
      await test.index.apply(documents.map(put), { epoch: 'e', sequence: 1 })
      await test.settle()
    })
    afterAll(() => test.remove())

    it.each<[typed: string, leftOut: string[], found: string[]]>([
      ['人教版三年级上册数学课件', ['上册', '课件'], ['cubes']],
      ['人教版 三年级 上册 数学 课件', ['上册', '课件'], ['cubes']],
      ['课件 四年级 数学', ['课件'], ['angles']],
      ['四年级 语文', ['四年级'], ['poem']],
      ['四年级 上册 数学 望洞庭', ['四年级', '数学'], ['poem']],
      ['数学 三年级 免费 下载', ['免费', '下载'], ['cubes', 'ruler']],
      ['数学 三年级 量子纠缠', ['量子纠缠'], ['cubes', 'ruler']],
      ['望洞庭 量角器', ['量角器'], ['poem']],
      ['volcano leaves photosynthesis', ['volcano'], ['leaves']],
      ['"volcano" leaves photosynthesis', ['leaves', 'photosynthesis'], ['volcano']],
    ])('answers %s without %j', async (typed, leftOut, found) => {
      const { result, interpretation } = await searched(typed, {}, anonymousViewer)
      expect(interpretation?.leftOut?.map(({ text }) => text)).toEqual(leftOut)
      expect(result.hits.flatMap((hit) => Object.values(hit.resource.name)).sort()).toEqual(named(found))
      expect(result.total).toBe(found.length)
    })

    it('says what was left out, how to insist on it, and what was searched for', async () => {
      const { interpretation } = await searched('三年级 数学 课件 量子纠缠 -望洞庭')
      expect(interpretation).toEqual({
        recognised: [
          { facet: 'grade', value: 'grade-3', label: '三年级', text: '三年级' },
          { facet: 'subject', value: 'mathematics', label: '数学', text: '数学' },
        ],
        leftOut: [
          { facet: 'type', value: 'courseware', label: '课件', text: '课件' },
          { text: '量子纠缠', demanded: '三年级 数学 课件 "量子纠缠" -望洞庭' },
        ],
        searchedFor: '三年级 数学 -望洞庭',
      })
    })

    it('joins words that stand together, and lets what joined them to others go', async () => {
      const { interpretation } = await searched('meadow 9-unobtainium 量子的纠缠')
      expect(interpretation?.leftOut?.map(({ text }) => text)).toEqual(['unobtainium', '量子的纠缠'])
      expect(interpretation?.searchedFor).toBe('meadow 9-')
      expect((await searched('meadow 99-leaves-1')).interpretation).toMatchObject({ searchedFor: 'meadow 1' })
    })

    it.each([
      ['has one word', '量子纠缠'],
      ['answers nothing by any word', 'quantum entanglement'],
      ['would keep no more than a type or an edition', '量子纠缠 课件'],
      ['quotes what is not there', '"量子纠缠" 三年级 数学'],
      ['excludes what else would be found', '望洞庭 量子纠缠 -望洞庭'],
    ])('finds nothing for a query that %s', async (_, typed) => {
      const { result, interpretation } = await searched(typed)
      expect(result.total).toBe(0)
      expect(interpretation?.leftOut).toBeUndefined()
    })

    it('keeps to filters and to what the viewer may see', async () => {
      const { result, interpretation } = await searched('望洞庭 三年级 数学', { filters: { subject: ['mathematics'] } })
      expect(interpretation?.leftOut?.map(({ text }) => text)).toEqual(['望洞庭'])
      expect(result.total).toBe(2)
      const moss = await searched('photosynthesis volcano')
      expect(moss.interpretation).toBeUndefined()
      expect(moss.result.total).toBe(1)
      const seen = await searched('photosynthesis volcano', {}, anonymousViewer)
      expect(seen.interpretation?.leftOut?.map(({ text }) => text)).toEqual(['volcano'])
    })

    it('leaves alone what finds something', async () => {
      const { result, interpretation } = await searched('三年级 数学')
      expect(result.total).toBe(2)
      expect(interpretation?.leftOut).toBeUndefined()
    })

    it('pages through what it found, saying the same on every page', async () => {
      const query = { lang: 'en', limit: 10, facets: ['language'] as const }
      const pages = [await searched('meadow unobtainium', query)]
      while (pages.at(-1)!.result.cursor !== undefined)
        pages.push(await searched('meadow unobtainium', { ...query, cursor: pages.at(-1)!.result.cursor! }))
      expect(pages).toHaveLength(3)
      expect(new Set(pages.flatMap(({ result }) => result.hits.map((hit) => hit.id))).size).toBe(30)
      for (const { result, interpretation } of pages) {
        expect(result.total).toBe(30)
        expect(result.facets.language).toEqual([{ value: 'en', count: 30 }])
        expect(interpretation).toEqual(pages[0]!.interpretation)
      }
    })

    it('refuses a cursor that says otherwise, or that another query gave', async () => {
      const { cursor } = (await searched('meadow unobtainium', { limit: 10 })).result
      const [, inner] = cursor!.split('.')
      const noted = (note: unknown) => `${Buffer.from(JSON.stringify(note)).toString('base64url')}.${inner}`
      const refused = expect.objectContaining({ code: 'EDUFED_CURSOR_INVALID', status: 400 })
      for (const note of [{ leftOut: [0] }, { leftOut: [] }, { leftOut: [7] }, { leftOut: ['1'] }, {}, null])
        await expect(searched('meadow unobtainium', { limit: 10, cursor: noted(note) })).rejects.toEqual(refused)
      await expect(searched('impossible meadow', { limit: 10, cursor: cursor! })).rejects.toEqual(refused)
      await expect(searched('meadow', { limit: 10, cursor: cursor! })).rejects.toEqual(refused)
    })
  })
}
