import { createExampleData } from '../../../../examples/alliance/src/data/example-data.js'
import { readDataFolder } from '../../../../examples/alliance/src/data/read-data-folder.js'
import type { SearchDocument } from '../../src/search/search-index.js'
import { elasticsearchUrl, type OpenTestIndex, openElasticsearch } from '../support/search-engines.js'
import { openSqliteSearch } from '../support/sqlite-search.js'
import { createCorpus } from './corpus.js'
import { type Answer, ask, type CorpusName, fill, type Language, languages, qualityOf, readQueries } from './measure.js'
import { mean, overlap } from './metrics.js'
import type { EngineName, Measurement } from './report.js'
import { sampleFolder } from './sample-data.js'

type Answers = Record<Language, Answer[]>

/** All answers of one engine, and what they are worth. */
export interface Run {
  measurement: Measurement
  answers: Partial<Record<EngineName, Answers>>
}

const engines: Partial<Record<EngineName, OpenTestIndex>> = {
  embedded: openSqliteSearch,
  ...(elasticsearchUrl ? { elasticsearch: () => openElasticsearch() } : {}),
}

/** Asks every judged query of a corpus on every engine that is there. */
export async function measure(corpus: CorpusName): Promise<Run> {
  const documents = await createCorpus(corpus === 'example' ? createExampleData() : await readDataFolder(sampleFolder!))
  const answers: Run['answers'] = {}
  for (const [name, open] of Object.entries(engines) as [EngineName, OpenTestIndex][]) answers[name] = await askAll(open, corpus, documents)
  const { embedded, elasticsearch } = answers
  return {
    answers,
    measurement: {
      corpus,
      documents: documents.length,
      engines: Object.fromEntries(Object.entries(answers).map(([name, all]) => [name, byLanguage((language) => qualityOf(all[language]))])),
      ...(embedded && elasticsearch
        ? {
            agreement: byLanguage((language) =>
              mean(embedded[language].map((one, at) => overlap(one.found, elasticsearch[language][at]!.found))),
            ),
          }
        : {}),
    },
  }
}

async function askAll(open: OpenTestIndex, corpus: CorpusName, documents: readonly SearchDocument[]): Promise<Answers> {
  const test = await open()
  try {
    await fill(test, documents)
    const answers: Partial<Answers> = {}
    for (const language of languages) answers[language] = await ask(test, readQueries(corpus, language), documents)
    return answers as Answers
  } finally {
    await test.remove()
  }
}

function byLanguage<T>(of: (language: Language) => T): Record<Language, T> {
  return Object.fromEntries(languages.map((language) => [language, of(language)])) as Record<Language, T>
}
