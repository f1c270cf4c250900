import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDocument, idsOf, put, search } from '../../support/search-documents.js'
import type { OpenTestIndex, TestIndex } from '../../support/search-engines.js'

const lessons = {
  quadraticEquation: aDocument({ name: { 'zh-Hans': '一元二次方程的解法' }, description: { 'zh-Hans': '配方法与公式法' } }),
  triangle: aDocument({ name: { 'zh-Hans': '三角形的内角和' }, keywords: [{ value: '几何' }] }),
  quietNight: aDocument({
    name: { 'zh-Hant': '靜夜思' },
    creator: [{ type: 'Person', name: { 'zh-Hant': '李白' } }],
    inLanguage: ['zh-Hant'],
  }),
  uyghurMath: aDocument({ name: { 'ug-Arab': 'ماتېماتىكا دەرسلىكى' }, inLanguage: ['ug-Arab'] }),
  kazakhFriction: aDocument({ name: { 'kk-Cyrl': 'Үйкеліс күші' }, inLanguage: ['kk-Cyrl'] }),
  tibetanMath: aDocument({ name: { bo: 'གྲངས་རིག་སློབ་དེབ།' }, inLanguage: ['bo'] }),
  mongolianMath: aDocument({ name: { 'mn-Mong': 'ᠲᠣᠭᠠᠨ ᠤ ᠤᠬᠠᠭᠠᠨ' }, inLanguage: ['mn-Mong'] }),
  mongolianCyrillic: aDocument({ name: { 'mn-Cyrl': 'Хүндийн хүч' }, inLanguage: ['mn-Cyrl'] }),
  english: aDocument({ name: { en: 'Solving quadratic equations' }, description: { en: 'Completing the square' }, inLanguage: ['en'] }),
  described: aDocument({ name: { en: 'Algebra workbook' }, description: { en: 'Has a page about quadratic curves' }, inLanguage: ['en'] }),
  exact: aDocument({ name: { en: 'Quadratic equations' }, inLanguage: ['en'] }),
}
type Lesson = keyof typeof lessons
const lessonOf = new Map(Object.entries(lessons).map(([lesson, document]) => [document.id, lesson as Lesson]))

/** What a teacher types, and what must be among the hits. */
const findings: [what: string, text: string, found: Lesson][] = [
  ['Chinese words', '二次方程 解法', 'quadraticEquation'],
  ['a part of a Chinese title', '二次方程', 'quadraticEquation'],
  ['a part of a Chinese title that is no word', '角形的内', 'triangle'],
  ['one Chinese character of a title', '角', 'triangle'],
  ['a Chinese keyword', '几何', 'triangle'],
  ['a Chinese description', '配方法', 'quadraticEquation'],
  ['a traditional title by simplified characters', '静夜思', 'quietNight'],
  ['a traditional title by its own characters', '靜夜思', 'quietNight'],
  ['a work by its author', '李白', 'quietNight'],
  ['title and author together', '静夜思 李白', 'quietNight'],
  ['Uyghur', 'ماتېماتىكا', 'uyghurMath'],
  ['Kazakh', 'Үйкеліс', 'kazakhFriction'],
  ['Kazakh in other case', 'үйкеліс', 'kazakhFriction'],
  ['Tibetan', 'གྲངས་རིག', 'tibetanMath'],
  ['Mongolian script', 'ᠤᠬᠠᠭᠠᠨ', 'mongolianMath'],
  ['Mongolian in Cyrillic', 'хүч', 'mongolianCyrillic'],
  ['English', 'quadratic', 'english'],
  ['an English plural', 'quadratics', 'english'],
  ['full-width letters', 'ＱＵＡＤＲＡＴＩＣ', 'english'],
  ['a quoted phrase', '"quadratic equations"', 'english'],
]

export function fullTextContract(open: OpenTestIndex): void {
  describe('full text', () => {
    let test: TestIndex
    const found = async (text: string) => (await idsOf(test.index, text)).map((id) => lessonOf.get(id))
    beforeAll(async () => {
      test = await open()
      await test.index.apply(Object.values(lessons).map(put), { epoch: 'e', sequence: 1 })
      await test.settle()
    })
    afterAll(() => test.remove())

    it.each(findings)('finds %s: %s', async (_, text, lesson) => {
      expect(await found(text)).toContain(lesson)
    })

    it('wants every word to be there', async () => {
      expect(await found('quadratic workbook')).toEqual(['described'])
      expect(await found('quadratic volcano')).toEqual([])
    })

    it('keeps the words of a quoted phrase together', async () => {
      expect(await found('"equations quadratic"')).toEqual([])
    })

    it('leaves out what stands behind a minus sign', async () => {
      expect((await found('quadratic -solving')).sort()).toEqual(['described', 'exact'])
      expect(await found('三角形 -角形')).toEqual([])
    })

    it('shows the exact title first, a title before a description', async () => {
      expect(await found('quadratic equations')).toEqual(['exact', 'english'])
      const order = await found('quadratic')
      expect(order).toHaveLength(3)
      expect(order.at(-1)).toBe('described')
    })

    it('gives scores that fall from hit to hit', async () => {
      const scores = (await search(test.index, 'quadratic')).hits.map((hit) => hit.score)
      expect(scores).toEqual([...scores].sort((a, b) => b - a))
      expect(scores.at(-1)).toBeGreaterThan(0)
    })

    it('lists everything when nothing is typed, and nothing when only signs are', async () => {
      expect((await search(test.index, '  ')).total).toBe(Object.keys(lessons).length)
      expect((await search(test.index, '?!…')).total).toBe(0)
    })

    it('marks what matched in the text as it is written there', async () => {
      const [hit] = (await search(test.index, '静夜思')).hits
      expect(hit!.highlights.name).toEqual({ language: 'zh-Hant', fragments: [{ text: '靜夜思', isMatch: true }] })
      const [described] = (await search(test.index, 'curves')).hits
      const fragments = described!.highlights.description!.fragments
      expect(fragments.filter((fragment) => fragment.isMatch).map((fragment) => fragment.text)).toEqual(['curves'])
      expect(described!.highlights.name).toBeUndefined()
    })
  })
}
