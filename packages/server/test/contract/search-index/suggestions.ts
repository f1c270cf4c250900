import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anonymousViewer } from '../../../src/catalog/viewer.js'
import type { ResolvedSearchQuery } from '../../../src/search/search-index.js'
import { aDocument, put } from '../../support/search-documents.js'
import type { OpenTestIndex, TestIndex } from '../../support/search-engines.js'

const titles: Record<string, string>[] = [
  { 'zh-Hans': '一元二次方程的解法' },
  { 'zh-Hans': '一元一次不等式' },
  { 'zh-Hans': '三角形的内角和', en: 'Angles of a triangle' },
  { en: 'Quadratic equations' },
  { en: 'Quadratic equations' },
  { en: 'Solving quadratic equations' },
  { 'ug-Arab': 'ماتېماتىكا دەرسلىكى' },
  { 'kk-Cyrl': 'Үйкеліс күші' },
]

const typings: [typed: string, title: string][] = [
  ['一元', '一元二次方程的解法'],
  ['三角', '三角形的内角和'],
  ['quad', 'Quadratic equations'],
  ['Quadratic eq', 'Quadratic equations'],
  ['solving quadratic equ', 'Solving quadratic equations'],
  ['tri', 'Angles of a triangle'],
  ['ماتې', 'ماتېماتىكا دەرسلىكى'],
  ['үйк', 'Үйкеліс күші'],
]

export function suggestionContract(open: OpenTestIndex): void {
  describe('suggestions', () => {
    let test: TestIndex
    const suggest = async (text: string, limit = 8, filters: ResolvedSearchQuery['filters'] = {}) =>
      await test.index.suggest({ text, lang: 'zh-Hans', limit, filters }, anonymousViewer)
    beforeAll(async () => {
      test = await open()
      const documents = titles.map((name, at) =>
        put(aDocument({ name, grade: [at % 2 === 0 ? 'grade-3' : 'grade-8'], resourceType: ['video'] })),
      )
      await test.index.apply(documents, { epoch: 'e', sequence: 1 })
      await test.settle()
    })
    afterAll(() => test.remove())

    it.each(typings)('completes %s to %s', async (typed, title) => {
      expect((await suggest(typed)).map(({ text }) => text)).toContain(title)
    })

    it('says in which language a suggestion is', async () => {
      expect(await suggest('ماتې')).toEqual([{ text: 'ماتېماتىكا دەرسلىكى', language: 'ug-Arab' }])
    })

    it('gives each title once and no more than asked for', async () => {
      const quadratic = (await suggest('quadratic')).map(({ text }) => text)
      expect(quadratic.sort()).toEqual(['Quadratic equations', 'Solving quadratic equations'])
      expect(await suggest('quadratic', 1)).toHaveLength(1)
    })

    it('suggests only titles of resources that pass the filters, wider values among them', async () => {
      const texts = async (text: string, filters: ResolvedSearchQuery['filters']) =>
        (await suggest(text, 8, filters)).map((one) => one.text)
      expect(await texts('一元', { grade: ['grade-3'] })).toEqual(['一元二次方程的解法'])
      expect(await texts('yiyuan', { stage: ['secondary'] })).toEqual(['一元一次不等式'])
      expect(await texts('一元', { grade: ['grade-3', 'grade-8'], type: ['video', 'exercise'] })).toHaveLength(2)
      expect(await texts('一元', { grade: ['grade-3'], type: ['exercise'] })).toEqual([])
    })

    it.each(['', '   ', '?!', '\u0000', 'zzzzzz', '"', '\ud800'])('has nothing to suggest for %j', async (typed) => {
      expect(await suggest(typed)).toEqual([])
    })
  })
}
