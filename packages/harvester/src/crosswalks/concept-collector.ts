import type { Concept, Issue, ResourceDraft } from '@edufed/sdk/schemas'
import { matchConcepts, type VocabularyName } from '../vocabularies/index.js'

/** Vocabularies whose concepts describe a resource, with the field that each fills. */
const fieldOf = {
  subject: 'about',
  stage: 'educationalLevel',
  grade: 'educationalLevel',
  edition: 'textbookEdition',
  volume: 'volume',
  type: 'learningResourceType',
  audience: 'audience',
} as const satisfies Partial<Record<VocabularyName, keyof ResourceDraft>>

export type CodedVocabulary = keyof typeof fieldOf

/** Where a word is looked for that its own vocabulary lacks: sources put 教师用书 into the grade, 中国历史 beside it, 水平一 into the volume. */
const elsewhere: readonly CodedVocabulary[] = ['audience', 'grade', 'stage', 'subject', 'volume', 'edition', 'type']

/** Gathers the coded fields of one resource from a source's words. The words are kept beside the codes; what no vocabulary knows becomes an issue. */
export class ConceptCollector {
  readonly #found = new Map<CodedVocabulary, Map<string, Concept>>()
  readonly #words = new Map<string, Set<string>>()
  readonly #issues: Issue[]

  constructor(issues: Issue[]) {
    this.#issues = issues
  }

  /** @param path - where the source has the word, for the issue. */
  add(vocabulary: CodedVocabulary, word: string, path: string): void {
    const text = word.trim()
    if (text === '') return
    this.keep(fieldOf[vocabulary], text)
    const own = matchConcepts(vocabulary, text)
    if (own.length > 0) {
      this.#put(vocabulary, own)
      if (vocabulary === 'volume' && /[高初][一二三]|年级/.test(text)) this.#put('grade', matchConcepts('grade', text))
      return
    }
    for (const other of elsewhere) {
      const found = other === vocabulary ? [] : matchConcepts(other, text)
      if (found.length > 0) {
        this.#put(other, found)
        return
      }
    }
    const message = `The word "${text.slice(0, 100)}" is in no vocabulary for ${vocabulary}; it is kept as it is and not counted in the facet`
    this.#issues.push({ code: 'concept.unknown', path, message, severity: 'warning' })
  }

  /** Adds a concept that is known without a word of the source. */
  addConcept(vocabulary: CodedVocabulary, concept: Concept | undefined): void {
    if (concept) this.#put(vocabulary, [concept])
  }

  /** Keeps a word of the source for a field. */
  keep(field: string, word: string): void {
    const words = this.#words.get(field) ?? new Set()
    this.#words.set(field, words.add(word))
  }

  /** The coded fields, and `sourceValues`. Where the model has one concept and the source several, the first is taken and the rest noted. */
  toFields(): Pick<
    ResourceDraft,
    'about' | 'educationalLevel' | 'textbookEdition' | 'volume' | 'learningResourceType' | 'audience' | 'sourceValues'
  > {
    const levels = [...this.#all('stage'), ...this.#all('grade')]
    const about = this.#all('subject')
    const types = this.#all('type')
    const audience = this.#all('audience')
    const textbookEdition = this.#single('edition')
    const volume = this.#single('volume')
    return {
      ...(about.length > 0 && { about }),
      ...(levels.length > 0 && { educationalLevel: levels }),
      ...(textbookEdition && { textbookEdition }),
      ...(volume && { volume }),
      ...(types.length > 0 && { learningResourceType: types }),
      ...(audience.length > 0 && { audience }),
      ...(this.#words.size > 0 && {
        sourceValues: Object.fromEntries([...this.#words].map(([field, words]) => [field, [...words]])),
      }),
    }
  }

  #put(vocabulary: CodedVocabulary, concepts: readonly Concept[]): void {
    const known = this.#found.get(vocabulary) ?? new Map<string, Concept>()
    for (const concept of concepts) known.set(concept.id, concept)
    this.#found.set(vocabulary, known)
  }

  #all(vocabulary: CodedVocabulary): Concept[] {
    return [...(this.#found.get(vocabulary)?.values() ?? [])]
  }

  #single(vocabulary: 'edition' | 'volume'): Concept | undefined {
    const [first, ...rest] = this.#all(vocabulary)
    if (first && rest.length > 0) {
      const names = [first, ...rest].map((concept) => concept.prefLabel['zh-Hans'] ?? concept.id).join(', ')
      const message = `The record names several values for ${vocabulary} (${names}); the first is used`
      this.#issues.push({ code: 'concept.several', path: `/${fieldOf[vocabulary]}`, message, severity: 'info' })
    }
    return first
  }
}
