import { readFileSync } from 'node:fs'
import { nodeViewer } from '../../src/catalog/viewer.js'
import { SearchService } from '../../src/modules/search/index.js'
import type { SearchDocument } from '../../src/search/search-index.js'
import { openSynonymsFile } from '../../src/search/synonyms/synonyms-file.js'
import { put } from '../support/search-documents.js'
import type { TestIndex } from '../support/search-engines.js'
import { type Grade, type JudgedQuery, judge } from './judge.js'
import { mean, ndcg, recall } from './metrics.js'

export const languages = ['zh', 'en', 'ug', 'kk', 'bo', 'mn'] as const
export type Language = (typeof languages)[number]
/** Which records are searched: those of the example, or the real ones beside the repository. */
export type CorpusName = 'example' | 'sample'

/** How a query was answered. */
export interface Answer {
  query: JudgedQuery
  grades: ReadonlyMap<string, Grade>
  found: string[]
  total: number
}

export interface Quality {
  queries: number
  ndcg: number
  recall: number
  /** Share of the queries that found nothing. */
  empty: number
}

interface QueryFile {
  lang: string
  rules: string
  queries: JudgedQuery[]
}

/** The judged queries of a language, each with the language of its page. */
export function readQueries(corpus: CorpusName, language: Language): JudgedQuery[] {
  const name = corpus === 'example' ? language : `${corpus}-${language}`
  const { lang, queries } = JSON.parse(readFileSync(new URL(`queries/${name}.json`, import.meta.url), 'utf8')) as QueryFile
  return queries.map((query) => ({ lang, ...query }))
}

/** Puts documents into an index, as many at a time as an indexer does. */
export async function fill({ index, settle }: TestIndex, documents: readonly SearchDocument[]): Promise<void> {
  const batchSize = 1_000
  for (let at = 0; at < documents.length; at += batchSize) {
    const batch = documents.slice(at, at + batchSize)
    await index.apply(batch.map(put), { epoch: 'relevance', sequence: at + batch.length })
  }
  await settle()
}

const silent = { info: () => {}, warn: () => {}, error: () => {} }

/**
 * Asks the queries of one language, each as a reader of its language who sees everything, the way the API asks: with the synonyms that come
 * with the program, and with what was meant in the place of what finds nothing.
 */
export async function ask(
  { index }: Pick<TestIndex, 'index'>,
  queries: readonly JudgedQuery[],
  documents: readonly SearchDocument[],
): Promise<Answer[]> {
  const resources = documents.map((document) => document.resource)
  const answers: Answer[] = []
  const synonyms = openSynonymsFile(undefined, { logger: silent })
  const service = new SearchService({ index, synonyms: () => synonyms.current(), nameSources: async () => new Map(), observe: () => {} })
  for (const query of queries) {
    const { hits, total } = await service.search({ q: query.q, lang: query.lang ?? 'zh-Hans', limit: 50 }, nodeViewer)
    answers.push({ query, grades: judge(query, resources), found: hits.map((hit) => hit.id), total })
  }
  return answers
}

export function qualityOf(answers: readonly Answer[]): Quality {
  return {
    queries: answers.length,
    ndcg: mean(answers.map(({ found, grades }) => ndcg(found, grades))),
    recall: mean(answers.map(({ found, grades }) => recall(found, grades))),
    empty: mean(answers.map(({ total }) => (total === 0 ? 1 : 0))),
  }
}
