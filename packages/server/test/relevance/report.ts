import { type CorpusName, type Language, languages, type Quality } from './measure.js'

/** What was measured on one corpus: each engine's quality by language, and the share of the first ten hits that the engines share. */
export interface Measurement {
  corpus: CorpusName
  documents: number
  engines: Partial<Record<EngineName, Record<Language, Quality>>>
  /** Absent when only one engine was measured. */
  agreement?: Record<Language, number>
}

export type EngineName = 'embedded' | 'elasticsearch'

export const languageNames: Record<Language, string> = {
  zh: 'Chinese',
  en: 'English',
  ug: 'Uyghur',
  kk: 'Kazakh',
  bo: 'Tibetan',
  mn: 'Mongolian',
}

const corpora: Record<CorpusName, string> = { example: 'Records of the example', sample: 'Real records' }
const engineNames: Record<EngineName, string> = { embedded: 'embedded', elasticsearch: 'Elasticsearch' }

/** The measurements as tables in Markdown. */
export function toTables(measurements: readonly Measurement[]): string {
  return measurements
    .map((measurement) => `## ${corpora[measurement.corpus]}: ${measurement.documents}\n\n${toTable(measurement)}`)
    .join('\n')
}

function toTable({ engines, agreement }: Measurement): string {
  const header = ['language', 'engine', 'queries', 'nDCG@10', 'recall@50', 'nothing found', 'top 10 shared']
  const rows = languages.flatMap((language) =>
    (Object.keys(engines) as EngineName[]).map((engine) => {
      const { queries, ndcg, recall, empty } = engines[engine]![language]
      const shared = agreement ? agreement[language].toFixed(3) : '–'
      return [
        languageNames[language],
        engineNames[engine],
        String(queries),
        ndcg.toFixed(3),
        recall.toFixed(3),
        `${(empty * 100).toFixed(1)} %`,
        shared,
      ]
    }),
  )
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}
