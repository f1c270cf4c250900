import type { Concept, Issue, ResourceDraft } from '@edufed/sdk/schemas'
import { findConcept, matchConcepts, toConcept, type VocabularyName, vocabularies } from '../vocabularies/index.js'

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

/** Fields of sources for which this model has two vocabularies. */
const shared = { level: ['stage', 'grade'], textbook: ['edition', 'volume'] } as const

/** What a value may be a word of. */
export const codedFields = ['subject', 'stage', 'grade', 'level', 'edition', 'volume', 'textbook', 'type', 'audience'] as const satisfies (
  | CodedVocabulary
  | keyof typeof shared
)[]
export type CodedField = (typeof codedFields)[number]

export function isCodedField(field: string): field is CodedField {
  return codedFields.some((coded) => coded === field)
}

/** The vocabularies of a coded field. */
export function vocabulariesOf(field: CodedField): readonly [CodedVocabulary, ...CodedVocabulary[]] {
  return field === 'level' || field === 'textbook' ? shared[field] : [field]
}

/** The concept that a code names: a notation of one of the field's vocabularies, or `vocabulary:notation`. */
export function findCode(field: CodedField, code: string): { vocabulary: CodedVocabulary; concept: Concept } | undefined {
  const [, prefix = '', rest = ''] = /^([a-z]+):(.+)$/.exec(code) ?? []
  const isPrefixed = Object.hasOwn(fieldOf, prefix)
  for (const vocabulary of isPrefixed ? [prefix as CodedVocabulary] : vocabulariesOf(field)) {
    const found = findConcept(vocabulary, isPrefixed ? rest : code)
    if (found) return { vocabulary, concept: toConcept(vocabularies[vocabulary], found) }
  }
  return undefined
}

/** Gathers the coded fields of one resource from a source's words. The words are kept beside the codes; what no vocabulary knows becomes an issue. */
export class ConceptCollector {
  readonly #found = new Map<CodedVocabulary, Map<string, Concept>>()
  readonly #words = new Map<string, Set<string>>()
  readonly #issues: Issue[]

  constructor(issues: Issue[]) {
    this.#issues = issues
  }

  /** @param path - where the source has the word, for the issue. */
  add(field: CodedField, word: string, path: string): void {
    const text = word.trim()
    if (text === '') return
    const vocabulary = this.#choose(field, text)
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
    const message = `The word "${text.slice(0, 100)}" is in no vocabulary for ${field}; it is kept as it is and not counted in the facet`
    this.#issues.push({ code: 'concept.unknown', path, message, severity: 'warning', value: text.slice(0, 200) })
  }

  /** Adds what a word of the source means by a table of the source's own. */
  addCodes(field: CodedField, word: string, codes: readonly string[]): void {
    const found = codes.map((code) => findCode(field, code)).filter((entry) => entry !== undefined)
    this.keep(fieldOf[found[0]?.vocabulary ?? vocabulariesOf(field)[0]], word.trim())
    for (const { vocabulary, concept } of found) this.#put(vocabulary, [concept])
  }

  /** Of the vocabularies of a field the one that knows the word. 小学三年级 is in both of its field: what the others know is added too. */
  #choose(field: CodedField, text: string): CodedVocabulary {
    const all = vocabulariesOf(field)
    if (all.length === 1) return all[0]
    const knowing = all.filter((vocabulary) => matchConcepts(vocabulary, text).length > 0)
    for (const vocabulary of knowing) this.#put(vocabulary, matchConcepts(vocabulary, text))
    return knowing.at(-1) ?? all[0]
  }

  /** Adds a concept that is known without a word of the source. */
  addConcept(vocabulary: CodedVocabulary, concept: Concept | undefined): void {
    if (concept) this.#put(vocabulary, [concept])
  }

  /** Keeps a word of the source for a field. */
  keep(field: string, word: string): void {
    if (word === '') return
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
