import type { Concept, LanguageMap } from '@edufed/sdk/schemas'

export const vocabularyNames = [
  'subject',
  'stage',
  'grade',
  'edition',
  'volume',
  'type',
  'audience',
  'language',
  'license',
  'region',
] as const
export type VocabularyName = (typeof vocabularyNames)[number]

/** A concept with what is needed to find it by a source's words. */
export interface VocabularyConcept {
  /** The value in search filters; the last part of the id. */
  notation: string
  prefLabel: LanguageMap
  /** Other words for it, in any language. */
  altLabel?: readonly string[]
  /** Notation of the wider concept, e.g. the stage of a grade. */
  broader?: string
  /** Notations of near but not equal concepts. */
  closeMatch?: readonly string[]
}

/** A versioned SKOS concept scheme. Ids are `urn:edufed-vocabulary:<name>:<notation>`. */
export interface Vocabulary {
  name: VocabularyName
  id: string
  version: string
  concepts: readonly VocabularyConcept[]
}

export function toConcept(vocabulary: Pick<Vocabulary, 'id'>, concept: VocabularyConcept): Concept {
  return { id: `${vocabulary.id}:${concept.notation}`, notation: concept.notation, prefLabel: concept.prefLabel, inScheme: vocabulary.id }
}
