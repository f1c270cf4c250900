import { vocabularies } from '@edufed/harvester/vocabularies'
import { type CompletionKey, completionKeyOf, createCompletion } from './completion-key.js'

/** Facets whose values are suggested by their labels. */
export const suggestedFacets = ['subject', 'edition', 'grade', 'type'] as const
export type SuggestedFacet = (typeof suggestedFacets)[number]

/** A concept whose label begins with what was typed. */
export interface TypedConcept {
  facet: SuggestedFacet
  value: string
  text: string
  /** Language of the label. */
  language: string
}

interface Label extends TypedConcept {
  key: CompletionKey
}

let labels: readonly Label[] | undefined

/** Labels of subjects, editions, grades and types that what was typed begins, as letters or as pinyin: short ones first, the reader's language first. */
export function conceptsTyped(typed: string, lang: string): TypedConcept[] {
  const isTyped = createCompletion(typed)
  if (!isTyped) return []
  labels ??= allLabels()
  const own = lang.split('-')[0]
  const distance = ({ language, key }: Label) => (language.split('-')[0] === own ? 0 : 1_000) + key.letters.length
  return labels
    .filter(({ key }) => isTyped(key))
    .sort((a, b) => distance(a) - distance(b))
    .map(({ facet, value, text, language }) => ({ facet, value, text, language }))
}

function allLabels(): Label[] {
  return suggestedFacets.flatMap((facet) =>
    vocabularies[facet].concepts.flatMap(({ notation, prefLabel }) =>
      Object.entries(prefLabel).map(([language, text]) => ({ facet, value: notation, text, language, key: completionKeyOf(text) })),
    ),
  )
}
