import type { Vocabulary, VocabularyConcept, VocabularyName } from './vocabulary.js'

/** A concept as the data files write it: labels by language, then other words that sources use for it. */
export interface ConceptRow {
  notation: string
  zh: string
  en?: string
  ug?: string
  kk?: string
  bo?: string
  mn?: string
  alt?: readonly string[]
  broader?: string
  closeMatch?: readonly string[]
}

export function defineVocabulary(name: VocabularyName, version: string, rows: readonly ConceptRow[]): Vocabulary {
  return { name, id: `urn:edufed-vocabulary:${name}`, version, concepts: rows.map(toVocabularyConcept) }
}

function toVocabularyConcept(row: ConceptRow): VocabularyConcept {
  return {
    notation: row.notation,
    prefLabel: {
      'zh-Hans': row.zh,
      ...(row.en && { en: row.en }),
      ...(row.ug && { 'ug-Arab': row.ug }),
      ...(row.kk && { 'kk-Cyrl': row.kk }),
      ...(row.bo && { bo: row.bo }),
      ...(row.mn && { 'mn-Cyrl': row.mn }),
    },
    ...(row.alt && { altLabel: row.alt }),
    ...(row.broader && { broader: row.broader }),
    ...(row.closeMatch && { closeMatch: row.closeMatch }),
  }
}
