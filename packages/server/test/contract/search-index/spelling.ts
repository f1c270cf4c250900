import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anonymousViewer, nodeViewer } from '../../../src/catalog/viewer.js'
import { searchCorrected } from '../../../src/search/spelling/corrected-search.js'
import { aDocument, aQuery, put } from '../../support/search-documents.js'
import type { OpenTestIndex, TestIndex } from '../../support/search-engines.js'

const titles: Record<string, string>[] = [
  { 'zh-Hans': '三角形的内角和' },
  { 'zh-Hans': '一元二次方程的解法' },
  { 'zh-Hant': '第三課 長方形的周長' },
  { 'zh-Hans': '音乐欣赏' },
  { en: 'Photosynthesis in plants' },
  { en: 'Friction and motion' },
  { en: 'Measuring angles' },
  { 'kk-Cyrl': 'Үйкеліс күші' },
  { 'ug-Arab': 'سۈركىلىش كۈچى' },
  { 'ru-RU': 'Фотосинтез растений' },
]

const slips: [typed: string, meant: string, title: string][] = [
  ['sjxdnj', '三角形的内角', '三角形的内角和'],
  ['yiyuanerci', '一元二次', '一元二次方程的解法'],
  ['changfangxing', '长方形', '第三課 長方形的周長'],
  ['yinyue', '音乐', '音乐欣赏'],
  ['san jiao xing', '三角形', '三角形的内角和'],
  ['三交形', '三角形', '三角形的内角和'],
  ['三较形 内角', '三角形 内角', '三角形的内角和'],
  ['photosynthesys', 'photosynthesis', 'Photosynthesis in plants'],
  ['fricton', 'friction', 'Friction and motion'],
  ['mesuring angels', 'measuring angles', 'Measuring angles'],
  ['Үйкелес', 'үйкеліс', 'Үйкеліс күші'],
  ['سۈركىلىس', 'سۈركىلىش', 'سۈركىلىش كۈچى'],
  ['фотосинтиз', 'фотосинтез', 'Фотосинтез растений'],
]

export function spellingContract(open: OpenTestIndex): void {
  describe('spelling', () => {
    let test: TestIndex
    const secret = aDocument({ name: { en: 'Hieroglyphs' }, visibleTo: 'nobody' })
    const many = Array.from({ length: 30 }, (_, index) => aDocument({ name: { en: `Gravity ${index}` }, inLanguage: ['en'] }))
    const searched = (text: string, cursor?: string) =>
      searchCorrected(test.index, aQuery({ text, lang: 'en', limit: 10, ...(cursor === undefined ? {} : { cursor }) }), nodeViewer)
    beforeAll(async () => {
      test = await open()
      const documents = [...titles.map((name) => aDocument({ name })), ...many, secret]
      await test.index.apply(documents.map(put), { epoch: 'e', sequence: 1 })
      await test.settle()
    })
    afterAll(() => test.remove())

    it.each(slips)('takes %s for %s and says so', async (typed, meant, title) => {
      const { result, interpretation } = await searched(typed)
      expect(Object.values(result.hits[0]?.resource.name ?? {})).toEqual([title])
      expect(interpretation).toMatchObject({ isCorrected: true })
      expect(interpretation!.didYouMean).toBe(meant)
    })

    it('leaves alone what finds something, and what is like nothing', async () => {
      expect((await searched('gravity')).interpretation).toBeUndefined()
      expect((await searched('xylophone quartz')).interpretation).toBeUndefined()
      expect((await searched('xylophone quartz')).result.total).toBe(0)
    })

    it('pages through what was meant', async () => {
      const first = await searched('gravitz')
      expect(first.result.total).toBe(30)
      const second = await searched('gravitz', first.result.cursor)
      const third = await searched('gravitz', second.result.cursor)
      const ids = [first, second, third].flatMap(({ result }) => result.hits.map((hit) => hit.id))
      expect(new Set(ids).size).toBe(30)
      expect(third.interpretation).toEqual(first.interpretation)
      expect(third.result.cursor).toBeUndefined()
      await expect(searched('gravitz', `x${first.result.cursor}`)).rejects.toMatchObject({ code: 'EDUFED_CURSOR_INVALID' })
    })

    it('tells nobody of words that only others may see', async () => {
      const { result, interpretation } = await searchCorrected(test.index, aQuery({ text: 'hieroglyphz', lang: 'en' }), anonymousViewer)
      expect(result.total).toBe(0)
      expect(interpretation).toBeUndefined()
    })

    it.each([
      ['sjx', '三角形的内角和'],
      ['yiyuan', '一元二次方程的解法'],
      ['changfang', '第三課 長方形的周長'],
      ['yyx', '音乐欣赏'],
    ])('completes %s typed as pinyin to %s', async (typed, title) => {
      const suggestions = await test.index.suggest({ text: typed, lang: 'zh-Hans', limit: 8 }, nodeViewer)
      expect(suggestions.map(({ text }) => text)).toContain(title)
    })
  })
}
