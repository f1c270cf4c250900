export { labelOf, pickLabel } from './label.js'
export { findConcept, matchConcept, matchConcepts } from './match.js'
export { vocabularies } from './registry.js'
export { toConcept, type Vocabulary, type VocabularyConcept, type VocabularyName, vocabularyNames } from './vocabulary.js'
