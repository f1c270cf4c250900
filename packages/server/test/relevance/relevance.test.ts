import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { elasticsearchUrl } from '../support/search-engines.js'
import type { JudgedQuery } from './judge.js'
import { type CorpusName, type Language, languages, readQueries } from './measure.js'
import { overlap } from './metrics.js'
import type { EngineName } from './report.js'
import { measure, type Run } from './run.js'
import { sampleFolder } from './sample-data.js'

interface Floors {
  measuredOn: string
  /** The engines share at least this part of the first ten hits, on average. */
  agreement: number
  floors: Record<CorpusName, Record<Language, { ndcg: number; recall: number; empty: number }>>
}

const { floors, agreement } = JSON.parse(readFileSync(new URL('floors.json', import.meta.url), 'utf8')) as Floors
const atLeast: Record<Language, number> = { zh: 60, en: 30, ug: 30, kk: 30, bo: 30, mn: 30 }
const engines: { engine: EngineName; title: string; isSkipped: boolean }[] = [
  { engine: 'embedded', title: 'embedded', isSkipped: false },
  {
    engine: 'elasticsearch',
    title: elasticsearchUrl ? 'Elasticsearch' : 'Elasticsearch (skipped: no Elasticsearch)',
    isSkipped: !elasticsearchUrl,
  },
]
const corpora: { corpus: CorpusName; title: string; isSkipped: boolean }[] = [
  { corpus: 'example', title: 'the records of the example', isSkipped: false },
  { corpus: 'sample', title: sampleFolder ? 'real records' : 'real records (skipped: no shared data)', isSkipped: !sampleFolder },
]

it.each(languages)('has enough judged queries in %s, each once', (language) => {
  const queries = readQueries('example', language)
  expect(queries.length).toBeGreaterThanOrEqual(atLeast[language])
  expect(new Set(queries.map(({ q }) => q)).size).toBe(queries.length)
})

describe.each(corpora)('search in $title', ({ corpus, isSkipped }) => {
  describe.skipIf(isSkipped)('(judged)', () => {
    let run: Run
    beforeAll(async () => {
      run = await measure(corpus)
    }, 300_000)

    it('has something to find for every query', () => {
      const judged = languages.flatMap((language) => run.answers.embedded![language])
      const lost = judged.filter(({ grades }) => ![...grades.values()].includes(3)).map(({ query }) => query.q)
      expect(lost).toEqual([])
    })

    it('has resources for every condition of the judgements', () => {
      const judged = languages.flatMap((language) => run.answers.embedded![language])
      const empty = judged.filter(({ query, grades }) => hasIdleGrade(query, grades)).map(({ query }) => query.q)
      expect(empty).toEqual([])
    })

    describe.each(engines)('on $title', ({ engine, isSkipped: isAway }) => {
      describe.skipIf(isAway)('(open)', () => {
        it.each(languages)('is no worse than it was in %s', (language) => {
          const { ndcg, recall, empty } = run.measurement.engines[engine]![language]
          const floor = floors[corpus][language]
          expect.soft(ndcg).toBeGreaterThanOrEqual(floor.ndcg)
          expect.soft(recall).toBeGreaterThanOrEqual(floor.recall)
          expect.soft(empty).toBeLessThanOrEqual(floor.empty)
        })
      })
    })

    it.skipIf(!elasticsearchUrl)('shows the same first ten hits on both engines', () => {
      const { embedded, elasticsearch } = run.answers
      for (const language of languages) {
        const shared = embedded![language].map((answer, at) => overlap(answer.found, elasticsearch![language][at]!.found))
        expect.soft(run.measurement.agreement![language], language).toBeGreaterThanOrEqual(agreement)
        expect
          .soft(
            embedded![language].filter((_, at) => shared[at]! < agreement).map(({ query }) => query.q),
            language,
          )
          .toEqual([])
      }
    })
  })
})

/** A grade that is judged but that no resource has: the condition is misspelt, or a better one holds for all. */
function hasIdleGrade(query: JudgedQuery, grades: ReadonlyMap<string, number>): boolean {
  const given = new Set(grades.values())
  return ([3, 2, 1] as const).some((grade) => query[grade] !== undefined && !given.has(grade))
}
