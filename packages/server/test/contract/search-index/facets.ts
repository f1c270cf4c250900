import { type FacetName, facetNames } from '@edufed/sdk/schemas'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ResolvedSearchQuery, SearchDocument, SearchResult } from '../../../src/search/search-index.js'
import { aDocument, aHitSource, put, search } from '../../support/search-documents.js'
import type { OpenTestIndex, TestIndex } from '../../support/search-engines.js'

const values: Record<FacetName, string[]> = {
  subject: ['mathematics', 'physics', 'statistics', 'art·music'],
  stage: ['primary', 'lower-secondary'],
  grade: ['grade-1', 'grade-2', 'grade-9'],
  edition: ['pep', 'bnu'],
  volume: ['first', 'second'],
  type: ['lesson-plan', 'video', 'exercise'],
  language: ['zh-Hans', 'ug-Arab', 'en'],
  level: ['national', 'provincial', 'school'],
  source: ['nation', 'shanxi', 'school-1'],
  region: ['140000', '650102', '140105', '140100', '659099'],
  license: ['https://creativecommons.org/licenses/by/4.0/', 'https://creativecommons.org/publicdomain/zero/1.0/'],
}
/** What stands around the values above, written out by hand: statistics is mathematics, grade 9 is secondary school. */
const wider: Partial<Record<string, Partial<Record<FacetName, string[]>>>> = {
  statistics: { subject: ['mathematics'] },
  primary: { stage: ['school'] },
  'grade-1': { stage: ['primary', 'school'] },
  'grade-2': { stage: ['primary', 'school'] },
  'grade-9': { stage: ['junior-secondary', 'secondary', 'school'] },
  'zh-Hans': { language: ['zh'] },
  '140100': { region: ['140000'] },
  '140105': { region: ['140100', '140000'] },
  '650102': { region: ['650100', '650000'] },
  '659099': { region: ['659000', '650000'] },
}
type Facts = Partial<Record<FacetName, string[]>>

const several = (name: FacetName) => fc.subarray(values[name], { maxLength: 2 })
const one = (name: FacetName) => fc.subarray(values[name], { minLength: 0, maxLength: 1 })
const certain = (name: FacetName) => fc.subarray(values[name], { minLength: 1, maxLength: 1 })
const facts: fc.Arbitrary<Facts> = fc.record({
  subject: several('subject'),
  stage: several('stage'),
  grade: several('grade'),
  edition: one('edition'),
  volume: one('volume'),
  type: several('type'),
  language: fc.subarray(values.language, { maxLength: 2 }),
  level: certain('level'),
  source: fc.subarray(values.source, { minLength: 1 }),
  region: one('region'),
  license: one('license'),
})
const query = fc.record({
  filters: fc.dictionary(fc.constantFrom(...facetNames), fc.nat(2), { maxKeys: 4 }).map((chosen) => {
    const filters: Facts = {}
    for (const [name, extra] of Object.entries(chosen) as [FacetName, number][])
      filters[name] =
        extra === 0 ? values[name].slice(0, 1) : extra === 1 ? values[name].slice(0, 2) : [values[name].at(-1)!, 'unknown value']
    return filters
  }),
  facets: fc.subarray([...facetNames]),
  text: fc.constantFrom('', '', 'apple', 'pear', 'apple pear'),
})

function documentOf(known: Facts, words: string): SearchDocument {
  return aDocument({
    name: { en: `Lesson ${words}` },
    inLanguage: known.language!,
    subject: known.subject!,
    stage: known.stage!,
    grade: known.grade!,
    resourceType: known.type!,
    ...(known.edition![0] ? { edition: known.edition![0] } : {}),
    ...(known.volume![0] ? { bookVolume: known.volume![0] } : {}),
    ...(known.license![0] ? { license: { id: known.license![0], raw: 'said so' } } : {}),
    provenance: { level: known.level![0] as 'school', ...(known.region![0] ? { region: known.region![0] } : {}) },
    sources: known.source!.map(aHitSource),
  })
}

function withWider(known: Facts): Facts {
  const all = Object.fromEntries(facetNames.map((name) => [name, new Set(known[name])])) as Record<FacetName, Set<string>>
  for (const value of Object.values(known).flat())
    for (const [name, list] of Object.entries(wider[value] ?? {}) as [FacetName, string[]][]) for (const one of list) all[name].add(one)
  return Object.fromEntries(facetNames.map((name) => [name, [...all[name]]]))
}

interface ModelEntry {
  id: string
  facts: Facts
  words: string
}

/** What the answer must be, counted by hand. */
function expectedAnswer(entries: readonly ModelEntry[], asked: Pick<ResolvedSearchQuery, 'text' | 'filters' | 'facets'>) {
  const words = asked.text.split(' ').filter(Boolean)
  const found = entries.filter((entry) => words.every((word) => entry.words.split(' ').includes(word)))
  const passes = (entry: ModelEntry, but?: FacetName) =>
    facetNames.every(
      (name) => name === but || !asked.filters[name] || asked.filters[name].some((value) => entry.facts[name]!.includes(value)),
    )
  const counts = (name: FacetName) => {
    const count = new Map<string, number>()
    for (const entry of found)
      if (passes(entry, name)) for (const value of entry.facts[name]!) count.set(value, (count.get(value) ?? 0) + 1)
    return Object.fromEntries(count)
  }
  return {
    ids: found
      .filter((entry) => passes(entry))
      .map((entry) => entry.id)
      .sort(),
    facets: Object.fromEntries(asked.facets.map((name) => [name, counts(name)])),
  }
}

function actualAnswer(result: SearchResult) {
  return {
    ids: result.hits.map((hit) => hit.id).sort(),
    facets: Object.fromEntries(
      Object.entries(result.facets).map(([name, counts]) => [
        name,
        Object.fromEntries(counts.filter(({ count }) => count > 0).map(({ value, count }) => [value, count])),
      ]),
    ),
  }
}

export function facetContract(open: OpenTestIndex): void {
  describe('filters and facets', () => {
    let test: TestIndex
    let entries: ModelEntry[]
    beforeAll(async () => {
      test = await open()
      const words = ['apple', 'pear', 'apple pear', 'plum']
      entries = []
      const documents = fc.sample(facts, { numRuns: 90, seed: 20260 }).map((known, at) => {
        const document = documentOf(known, words[at % words.length]!)
        entries.push({ id: document.id, facts: withWider(known), words: words[at % words.length]! })
        return document
      })
      await test.index.apply(documents.map(put), { epoch: 'e', sequence: 1 })
      await test.settle()
    })
    afterAll(() => test.remove())

    it('counts exactly what counting by hand gives, for any filters and facets', async () => {
      await fc.assert(
        fc.asyncProperty(query, async (asked) => {
          const result = await search(test.index, { ...asked, limit: 100 })
          const expected = expectedAnswer(entries, asked)
          expect(actualAnswer(result)).toEqual(expected)
          expect(result.total).toBe(expected.ids.length)
        }),
        { numRuns: 60 },
      )
    })

    it('orders the values of a facet by count, the most frequent first', async () => {
      const { facets } = await search(test.index, { facets: ['subject', 'source'] })
      for (const counts of [facets.subject!, facets.source!]) {
        expect(counts.length).toBeGreaterThan(1)
        expect(counts.map(({ count }) => count)).toEqual(counts.map(({ count }) => count).sort((a, b) => b - a))
      }
    })

    it('counts a facet without its own filter, so that another value can be chosen', async () => {
      const { facets } = await search(test.index, { facets: ['subject', 'level'], filters: { subject: ['mathematics'] } })
      const all = await search(test.index, { facets: ['subject'] })
      expect(facets.subject).toEqual(all.facets.subject)
    })

    it('finds and counts under a wider value everything beneath it', async () => {
      const below = (code: string) => entries.filter((entry) => entry.facts.region!.includes(code)).length
      const { total, facets } = await search(test.index, { facets: ['region'], filters: { region: ['650000'] } })
      expect(below('650000')).toBeGreaterThan(below('650100'))
      expect(total).toBe(below('650000'))
      const counts = Object.fromEntries(facets.region!.map(({ value, count }) => [value, count]))
      for (const code of ['650000', '650100', '650102', '140000', '140105']) expect(counts[code], code).toBe(below(code))
      const grades = await search(test.index, { filters: { stage: ['secondary'] } })
      expect(grades.total).toBe(entries.filter((entry) => entry.facts.grade!.includes('grade-9')).length)
    })

    it('answers as many values as are wanted, and those that are filtered by, and says that there are more', async () => {
      const all = await search(test.index, { facets: ['subject', 'level'] })
      const rarest = all.facets.subject!.at(-1)!
      expect(all.moreValues).toBeUndefined()
      const few = await search(test.index, { facets: ['subject', 'level'], facetLimit: 3, filters: { subject: [rarest.value, 'unknown'] } })
      expect(few.facets.subject).toEqual([...all.facets.subject!.slice(0, 3), rarest])
      expect(few.facets.level).toHaveLength(3)
      expect(few.moreValues).toEqual(['subject'])
    })

    it('gives no facets when none are asked for', async () => {
      expect((await search(test.index, '')).facets).toEqual({})
    })

    it('takes 200 values of a filter', async () => {
      const subject = Array.from({ length: 199 }, (_, at) => `unknown-${at}`)
      const { total } = await search(test.index, { filters: { subject: [...subject, 'physics'] } })
      expect(total).toBe(entries.filter((entry) => entry.facts.subject!.includes('physics')).length)
    })
  })
}
