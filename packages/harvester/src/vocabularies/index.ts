export { toConcept, type Vocabulary, type VocabularyConcept, type VocabularyName, vocabularyNames } from './vocabulary.js'
