import type { Concept } from '@edufed/sdk/schemas'
import { toOwnText } from '../quality/own-text.js'
import { foldLabel } from './fold.js'
import { vocabularies } from './registry.js'
import { toConcept, type Vocabulary, type VocabularyConcept, type VocabularyName } from './vocabulary.js'
import { rulesOf } from './word-rules.js'

interface Index {
  vocabulary: Vocabulary
  /** What texts were found to name; sources say the same few words in most of their records. */
  memory: Map<string, readonly Concept[]>
  byKey: ReadonlyMap<string, VocabularyConcept>
  byNotation: ReadonlyMap<string, VocabularyConcept>
}

const indexes = new Map<VocabularyName, Index>()
const memoryLimit = 5000
const separators = /[;；|,，、\n]|\s\/\s|(?<=\p{Script=Han})[/和与及](?=\p{Script=Han})/u

/** The concept that a source's word names, in any language and spelling the vocabulary knows; undefined when it names none, or several. */
export function matchConcept(name: VocabularyName, text: string): Concept | undefined {
  const found = lookUp(name, text)
  return found.length === 1 ? found[0] : undefined
}

/**
 * All concepts that a text names: a list (物理、化学) or a range (一至二年级). Empty when none is known.
 *
 * The concepts are shared by all who ask and cannot be changed.
 */
export function matchConcepts(name: VocabularyName, text: string): Concept[] {
  const found = lookUp(name, text)
  return found.length === 0 ? [] : found.slice()
}

/** The concept with a notation, or with an id. */
export function findConcept(name: VocabularyName, notation: string): VocabularyConcept | undefined {
  const { byNotation, vocabulary } = indexOf(name)
  const prefix = `${vocabulary.id}:`
  return byNotation.get(notation.startsWith(prefix) ? notation.slice(prefix.length) : notation)
}

/** Keys that two concepts share, so that neither is found by them; for tests of the vocabularies. @internal */
export function ambiguousKeys(name: VocabularyName): string[] {
  return collectKeys(vocabularies[name]).ambiguous
}

function lookUp(name: VocabularyName, text: string): readonly Concept[] {
  if (text.length > 500) return []
  const { memory, vocabulary } = indexOf(name)
  const known = memory.get(text)
  if (known) return known
  const found = findAll(name, text).map((concept) => toSharedConcept(vocabulary, concept))
  if (memory.size >= memoryLimit) memory.clear()
  memory.set(toOwnText(text), found)
  return found
}

const shared = new WeakMap<VocabularyConcept, Concept>()

function toSharedConcept(vocabulary: Vocabulary, concept: VocabularyConcept): Concept {
  let known = shared.get(concept)
  if (!known) {
    known = Object.freeze({ ...toConcept(vocabulary, concept), prefLabel: Object.freeze({ ...concept.prefLabel }) })
    shared.set(concept, known)
  }
  return known
}

function findAll(name: VocabularyName, text: string): readonly VocabularyConcept[] {
  const whole = findOne(name, text)
  if (whole.length > 0) return whole
  const parts = text.split(separators).filter((part) => part.trim() !== '')
  if (parts.length < 2) return []
  return [...new Set(parts.flatMap((part) => findOne(name, part)))]
}

function findOne(name: VocabularyName, text: string): readonly VocabularyConcept[] {
  const { byKey, byNotation } = indexOf(name)
  const key = foldLabel(text)
  if (key === '') return []
  const exact = byKey.get(key) ?? byNotation.get(text.trim())
  if (exact) return [exact]
  const rules = rulesOf(name)
  return rules ? rules(text.normalize('NFKC').trim(), (word) => byKey.get(foldLabel(word)) ?? byNotation.get(word)) : []
}

function indexOf(name: VocabularyName): Index {
  const existing = indexes.get(name)
  if (existing) return existing
  const vocabulary = vocabularies[name]
  const index = {
    vocabulary,
    memory: new Map(),
    byKey: collectKeys(vocabulary).byKey,
    byNotation: new Map(vocabulary.concepts.map((concept) => [concept.notation, concept])),
  }
  indexes.set(name, index)
  return index
}

/** Preferred labels win over other words; a key that two concepts have with the same right is dropped. */
function collectKeys(vocabulary: Vocabulary): { byKey: Map<string, VocabularyConcept>; ambiguous: string[] } {
  const byKey = new Map<string, VocabularyConcept>()
  const ambiguous = new Set<string>()
  const levels = [
    (concept: VocabularyConcept) => [concept.prefLabel['zh-Hans'] ?? ''],
    (concept: VocabularyConcept) => Object.values(concept.prefLabel),
    (concept: VocabularyConcept) => concept.altLabel ?? [],
    (concept: VocabularyConcept) => [concept.notation],
  ]
  for (const labelsOf of levels) {
    const level = new Map<string, VocabularyConcept>()
    for (const concept of vocabulary.concepts) {
      for (const key of labelsOf(concept).map(foldLabel)) {
        if (byKey.has(key) || key === '') continue
        const other = level.get(key)
        if (other && other !== concept) ambiguous.add(key)
        else level.set(key, concept)
      }
    }
    for (const [key, concept] of level) if (!ambiguous.has(key)) byKey.set(key, concept)
  }
  return { byKey, ambiguous: [...ambiguous] }
}
