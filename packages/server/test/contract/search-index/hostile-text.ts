import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anonymousViewer } from '../../../src/catalog/viewer.js'
import { aDocument, idsOf, put, search } from '../../support/search-documents.js'
import type { OpenTestIndex, TestIndex } from '../../support/search-engines.js'

const fragments = [
  '"', "'", '(', ')', '[', ']', '{', '}', '*', '?', '~', '^', ':', '\\', '/', '|', '&&', '||', '!', '+', '-', '--', ';',
  ' AND ', ' OR ', ' NOT ', 'NEAR(', 'title:', 'title : ^', '{"match_all":{}}', '_exists_:*', '/.*/', 'a*', '%', '_',
  "'; DROP TABLE records; --", '<script>', '\u0000', '\u001f', '\u202e', '\u2066', '\ufeff', '\u200d', '\ud800', '\udfff', '\ud83d\ude00',
  '𠮷', 'ａ', '數', 'ې', '་', '᠋', 'e\u0301', '\u0301'.repeat(40), 'word', '火山', ' ', '\n', '\t', '\u3000', '﷽', '…',
] // biome-ignore format: a list of oddities is read in rows

const longTexts: [what: string, text: string][] = [
  ['one word of 10,000 letters', 'a'.repeat(10_000)],
  ['10,000 Chinese characters', '火山'.repeat(5_000)],
  ['5,000 words', 'ab '.repeat(3_333)],
  ['2,500 different words', Array.from({ length: 1_600 }, (_, at) => `w${at}`).join(' ')],
  ['10,000 quotation marks', '"'.repeat(10_000)],
  ['5,000 quoted words', '"a"'.repeat(3_333)],
  ['10,000 minus signs', '-'.repeat(10_000)],
  ['5,000 excluded words', '-a '.repeat(3_333)],
  ['10,000 combining marks', `e${'\u0301'.repeat(9_999)}`],
  ['10,000 lone surrogates', '\ud800'.repeat(10_000)],
  ['10,000 open brackets', '('.repeat(10_000)],
  ['Tibetan without end', 'ཀ་'.repeat(5_000)],
]

export function hostileTextContract(open: OpenTestIndex): void {
  describe('hostile texts', () => {
    let test: TestIndex
    const volcano = aDocument({ name: { en: 'Volcano', 'zh-Hans': '火山' }, description: { en: 'a "quoted" (word)' } })
    beforeAll(async () => {
      test = await open()
      await test.index.apply([put(volcano), put(aDocument({ name: { en: 'Glacier' } }))], { epoch: 'e', sequence: 1 })
      await test.settle()
    })
    afterAll(() => test.remove())

    const anyText = fc.oneof(
      fc.array(fc.constantFrom(...fragments), { maxLength: 12 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 60 }),
    )

    it('never fail a search or a suggestion', async () => {
      await fc.assert(
        fc.asyncProperty(anyText, fc.constantFrom('relevance', 'date'), async (text, sort) => {
          const { total, hits } = await search(test.index, { text, sort: sort as 'date', facets: ['subject'] })
          expect(hits.length).toBe(Math.min(total, 20))
          const suggestions = await test.index.suggest({ text: text.slice(0, 200), lang: text.slice(0, 35), limit: 5 }, anonymousViewer)
          expect(suggestions.length).toBeLessThanOrEqual(5)
        }),
        { numRuns: 150 },
      )
    })

    it.each(longTexts)('of %s are answered soon', async (_, text) => {
      const before = performance.now()
      await search(test.index, { text, facets: ['subject', 'source'] })
      // Far above what it takes, far below what an unbounded query would.
      expect(performance.now() - before).toBeLessThan(5_000)
    })

    it('never fail as values of filters', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            anyText.filter((text) => text !== '').map((text) => text.slice(0, 200)),
            { minLength: 1, maxLength: 5 },
          ),
          async (subject) => {
            expect((await search(test.index, { filters: { subject } })).total).toBe(0)
          },
        ),
        { numRuns: 50 },
      )
    })

    it('never keep a resource from being indexed and found by its other words', async () => {
      let sequence = 1
      await fc.assert(
        fc.asyncProperty(anyText, anyText, async (title, word) => {
          sequence += 1
          const name = { en: `${title} volcano`, und: `${title}\u0000` }
          const document = aDocument({
            sequence,
            name,
            description: { en: title },
            keywords: [{ value: word || 'k' }],
            subject: [word.slice(0, 100) || 's'],
          })
          await test.index.apply([put({ ...volcano, sequence, resource: { ...document.resource, id: volcano.id } })], {
            epoch: 'e',
            sequence,
          })
          await test.settle()
          expect(await idsOf(test.index, 'volcano')).toEqual([volcano.id])
        }),
        { numRuns: 40 },
      )
    })
  })
}
