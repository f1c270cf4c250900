import type { Concept } from '@edufed/sdk/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeViewer, type Viewer } from '../../../src/catalog/viewer.js'
import { reasonsOf } from '../../../src/search/explanation/reasons.js'
import { defaultRankingWeights } from '../../../src/search/ranking.js'
import type { SearchDocument } from '../../../src/search/search-index.js'
import { understandQuery } from '../../../src/search/understanding/understand-query.js'
import { aDocument, allIds, aQuery, del, idsOf, put, search } from '../../support/search-documents.js'
import type { OpenTestIndex, TestIndex } from '../../support/search-engines.js'

const original = aDocument({ name: { 'zh-Hans': '静夜思' }, inLanguage: ['zh-Hans'] })
const uyghur = aDocument({
  name: { 'ug-Arab': 'تىنچ كېچىدىكى ئويلار', 'zh-Hans': '静夜思（维吾尔文）' },
  inLanguage: ['ug-Arab'],
  translationOfWork: { id: original.id },
})
const kazakh = aDocument({
  name: { 'kk-Cyrl': 'Тыныш түндегі ой', 'zh-Hans': '静夜思（哈萨克文）' },
  inLanguage: ['kk-Cyrl'],
  // As a source names its own record: by its identifier.
  translationOfWork: { id: original.resource.provenance.origin.identifier },
})
const hidden = aDocument({
  name: { en: 'Quiet night thoughts' },
  inLanguage: ['en'],
  translationOfWork: { id: original.id },
  visibleTo: 'member:one',
})
const other = aDocument({ name: { 'zh-Hans': '静夜思赏析' } })
const works = [original, uyghur, kazakh, hidden, other]
const everybody: Viewer = { sees: ['public'] }

const lesson: Concept = {
  id: 'urn:edufed-vocabulary:subject/mathematics',
  notation: 'mathematics',
  prefLabel: { 'zh-Hans': '数学', en: 'Mathematics' },
}
const described = [
  aDocument({
    name: { 'zh-Hans': '三角形的内角和' },
    about: [lesson],
    dateModified: '2026-05-01',
    description: { 'zh-Hans': '三角形三个内角的和' },
  } as never),
  aDocument({ name: { 'zh-Hans': '三角形的面积' }, grade: ['grade-5'], keywords: [{ value: '内角' }] }),
  aDocument({ name: { en: 'Angles of triangles' }, inLanguage: ['en'], subject: ['mathematics'], resourceType: ['courseware'] }),
  aDocument({ name: { 'zh-Hans': '数学课件 三角形' }, resourceType: ['courseware'], edition: 'renjiao', quality: [] }),
  aDocument({ name: { 'ug-Arab': 'ئۈچبۇلۇڭ' }, inLanguage: ['ug-Arab'], subject: ['mathematics'] }),
]

/** Translations of a work, and why a hit stands where it stands. */
export function worksContract(open: OpenTestIndex): void {
  describe('translations of a work', () => {
    let test: TestIndex
    beforeAll(async () => {
      test = await open()
      await test.index.apply(works.map(put), { epoch: 'e', sequence: 1 })
      await test.settle()
    })
    afterAll(() => test.remove())

    it('are one hit, in the language that was typed, with the others named', async () => {
      const { hits, total } = await search(test.index, '静夜思', everybody)
      expect(hits.map((hit) => hit.id)).toEqual([original.id, other.id])
      expect(total).toBe(4)
      expect(hits[0]!.translations?.map((one) => one.id)).toEqual([uyghur.id, kazakh.id].sort())
      expect(hits[0]!.translations?.find((one) => one.id === kazakh.id)).toEqual({
        id: kazakh.id,
        name: kazakh.resource.name,
        inLanguage: ['kk-Cyrl'],
      })
      expect(hits[1]).not.toHaveProperty('translations')
    })

    it('name the original to those who find a translation, and stand in the reader’s language where the words do not decide', async () => {
      const { hits } = await search(test.index, { text: 'تىنچ كېچىدىكى', lang: 'ug' }, everybody)
      expect(hits.map((hit) => hit.id)).toEqual([uyghur.id])
      expect(hits[0]!.translations?.map((one) => one.id)).toEqual([original.id, kazakh.id].sort())
      expect((await idsOf(test.index, { text: '文 静夜思', lang: 'ug' }, everybody))[0]).toBe(uyghur.id)
      expect((await idsOf(test.index, { text: '文 静夜思', lang: 'kk' }, everybody))[0]).toBe(kazakh.id)
    })

    it('are named only to those who may see them', async () => {
      const ofAll = await search(test.index, '静夜思', nodeViewer)
      expect(ofAll.hits[0]!.translations?.map((one) => one.id)).toContain(hidden.id)
      const ofOne = await search(test.index, '静夜思', everybody)
      expect(ofOne.hits[0]!.translations?.map((one) => one.id)).not.toContain(hidden.id)
    })

    it('are listed for each form of the work, found or not', async () => {
      const formsOf = async ({ resource }: SearchDocument, viewer: Viewer) =>
        (await test.index.translationsOf(resource, viewer)).map((form) => form.id).sort()
      expect(await formsOf(original, everybody)).toEqual([uyghur.id, kazakh.id].sort())
      expect(await formsOf(uyghur, everybody)).toEqual([original.id, kazakh.id].sort())
      expect(await formsOf(uyghur, nodeViewer)).toEqual([original.id, kazakh.id, hidden.id].sort())
      expect(await formsOf(other, nodeViewer)).toEqual([])
      const unknown = aDocument({ name: { en: 'Not indexed yet' }, translationOfWork: { id: original.id } })
      expect(await formsOf(unknown, everybody)).toEqual([original.id, uyghur.id, kazakh.id].sort())
    })

    it('come once in a list that is read page by page, in any order', async () => {
      for (const sort of ['relevance', 'date'] as const) {
        const ids = await allIds(test.index, { text: '静夜思', limit: 1, sort }, everybody)
        expect(ids).toHaveLength(2)
        expect(ids).toContain(other.id)
      }
    })

    it('stand apart again when the others are gone', async () => {
      const alone = aDocument({
        name: { en: 'Spring dawn' },
        inLanguage: ['en'],
        translationOfWork: { id: 'urn:edufed:school.example:spring' },
      })
      const sibling = aDocument({
        name: { en: 'Spring dawn, aloud' },
        inLanguage: ['en'],
        translationOfWork: { id: 'urn:edufed:school.example:spring' },
      })
      await test.index.apply([put(alone), put(sibling)], { epoch: 'e', sequence: 2 })
      await test.settle()
      expect((await search(test.index, 'spring dawn', everybody)).hits).toHaveLength(1)
      await test.index.apply([del(sibling.id, 5)], { epoch: 'e', sequence: 3 })
      await test.settle()
      const { hits } = await search(test.index, 'spring dawn', everybody)
      expect(hits.map((hit) => hit.id)).toEqual([alone.id])
      expect(hits[0]).not.toHaveProperty('translations')
    })
  })

  describe('the score of a hit', () => {
    let test: TestIndex
    beforeAll(async () => {
      test = await open()
      await test.index.apply(described.map(put), { epoch: 'e', sequence: 1 })
      await test.settle()
    })
    afterAll(() => test.remove())

    it.each([
      '三角形',
      '三角形的内角和',
      '三角形 内角',
      '数学课件',
      'triangles',
      'mathematics',
      'ئۈچبۇلۇڭ',
      '人教版 数学 三角形',
      '"三角形"',
    ])('is the sum of the reasons that are told for %s', async (text) => {
      const { terms } = understandQuery({ text, lang: 'zh-Hans' })
      const { hits } = await search(test.index, { text, terms })
      expect(hits.length).toBeGreaterThan(0)
      for (const hit of hits) {
        const reasons = reasonsOf(hit, terms, defaultRankingWeights)
        const sum = reasons.reduce((all, { worth }) => all + worth, 0)
        expect(sum, JSON.stringify({ name: hit.resource.name, reasons })).toBeCloseTo(hit.score, 2)
      }
    })

    it('follows the weights that are configured', async () => {
      const weights = { ...defaultRankingWeights, freshness: 50 }
      const query = aQuery({ text: '三角形' })
      const plain = await test.index.search(query, nodeViewer)
      const fresh = await test.index.search({ ...query, weights }, nodeViewer)
      expect(fresh.hits[0]!.id).toBe(described[0]!.id)
      expect(fresh.hits[0]!.score).toBeGreaterThan(plain.hits[0]!.score + 20)
    })
  })
}
