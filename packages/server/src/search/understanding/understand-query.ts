import { pickLabel } from '@edufed/harvester/vocabularies'
import { alternativesOf, analyzeQuery, type QueryAlternative, type QueryGroup, type QueryTerms, type SoftFacet } from '../analysis/index.js'
import { inflected } from '../analysis/query-terms.js'
import { scriptVariants } from '../analysis/scripts/script-variants.js'
import { formsOfShort, stemsOf } from '../analysis/word-endings.js'
import { perDictionary } from '../dictionary/dictionary.js'
import { conceptNamed, lexiconKey, type NamedConcept, type TypedFacet } from './concept-lexicon.js'
import { languagesFor } from './query-language.js'

/** A part of a query that names a facet's value. */
export interface RecognisedPart {
  facet: TypedFacet
  value: string
  label: string
  /** The words as they were typed. */
  text: string
}

/** A query as engines ask it, and what was understood of it. */
export interface UnderstoodQuery {
  terms: QueryTerms
  recognised: RecognisedPart[]
}

/** Names are at most so many words long. */
const longestName = 6
const maxNames = 8
const longestKey = 64
/** So many words of a query are looked up in other scripts. */
const maxRespelled = 8
/** Words of so many letters are also found with endings. */
const shortestStem = 4
const maxStems = 6

/** What else a word may be called, by its {@link lexiconKey}. */
export type Synonyms = ReadonlyMap<string, readonly string[]>

/** What the words from one place on are called together. */
interface Name {
  length: number
  concept?: NamedConcept
  synonyms: readonly string[]
}

/**
 * Reads a query as a teacher means it: names of subjects, stages, grades, editions, volumes and types also stand for the facet's
 * value, in every language; words are found in the other scripts of their language and by their synonyms. Pure; never throws,
 * whatever the text.
 */
export function understandQuery({ text, lang }: { text: string; lang: string }, synonyms: Synonyms = new Map()): UnderstoodQuery {
  const recognised: RecognisedPart[] = []
  const terms = analyzeQuery(text, (words, query) => {
    const groups = words.flatMap(splitIntoNames)
    const expanded: QueryGroup[] = []
    for (let at = 0; at < groups.length; ) {
      const spellings = at < maxRespelled ? spellingsOf(groups[at]!, query) : []
      const name = expanded.length < maxNames ? nameAt(groups, at, spellings, synonyms) : undefined
      if (!name) {
        expanded.push(withSpellings(groups[at]!, spellings))
        at++
        continue
      }
      const group = namedGroup(groups.slice(at, at + name.length), name)
      expanded.push(group)
      if (name.concept) recognised.push(recognisedPart(name.concept, group, { query, lang }))
      at += name.length
    }
    return expanded
  })
  return { terms: { ...terms, languages: languagesFor(text, lang) }, recognised }
}

function recognisedPart(
  { facet, value, prefLabel }: NamedConcept,
  { typed, text }: QueryGroup,
  { query, lang }: { query: string; lang: string },
): RecognisedPart {
  return { facet, value, label: pickLabel(prefLabel, lang) ?? value, text: typed ? query.slice(typed.start, typed.end) : text }
}

/** The dictionary has 高中化学 as one word: it is two names. */
function splitIntoNames(group: QueryGroup): QueryGroup[] {
  const { text, typed } = group
  if (!typed || !/^\p{Script=Han}{4,10}$/u.test(text) || typed.end - typed.start !== text.length || conceptNamed(lexiconKey(text)))
    return [group]
  for (let at = 2; at <= text.length - 2; at++) {
    const parts = [text.slice(0, at), text.slice(at)]
    if (!parts.every((part) => conceptNamed(lexiconKey(part)))) continue
    return parts.map((part, index) => ({
      text: part,
      anyOf: alternativesOf(part),
      typed: index === 0 ? { start: typed.start, end: typed.start + at } : { start: typed.start + at, end: typed.end },
    }))
  }
  return [group]
}

/** The longest name that begins with a group, else the name that the group is in another script. */
function nameAt(groups: readonly QueryGroup[], at: number, spellings: readonly string[], synonyms: Synonyms): Name | undefined {
  for (let length = Math.min(longestName, groups.length - at); length > 0; length--) {
    const words = groups.slice(at, at + length).map((group) => group.text)
    const name = nameOf(lexiconKey(words.join('')), length, synonyms)
    if (name) return name
  }
  for (const spelling of spellings) {
    const name = nameOf(lexiconKey(spelling), 1, synonyms)
    if (name) return name
  }
  return undefined
}

function nameOf(key: string, length: number, synonyms: Synonyms): Name | undefined {
  if (key.length > longestKey) return undefined
  const concept = conceptNamed(key)
  const others = synonyms.get(key) ?? []
  return concept || others.length > 0 ? { length, ...(concept ? { concept } : {}), synonyms: others } : undefined
}

/** A single word in other scripts. */
function spellingsOf({ typed, anyOf }: QueryGroup, query: string): readonly string[] {
  const isWord = typed !== undefined && anyOf.every(({ words, field }) => words.length === 1 && field === 'any')
  return isWord ? scriptVariants(query.slice(typed.start, typed.end)) : []
}

/** The group, also answered by other forms of the word, and by the word in another script; a longer one with its endings. */
function withSpellings(group: QueryGroup, spellings: readonly string[]): QueryGroup {
  const long = spellings.filter((spelling) => spelling.length >= shortestStem && !/^[a-z]+$/.test(spelling)).slice(0, maxStems)
  const rest = spellings.filter((spelling) => !long.includes(spelling))
  const alternatives: QueryAlternative[] = []
  const [own] = group.anyOf
  const word = own?.field === 'any' && own.words.length === 1 ? own.words[0]! : ''
  const stems = stemsOf(word)
  if (stems.length > 0) alternatives.push({ field: 'any', words: stems, isAnyWord: true, isPrefix: true })
  const forms = formsOfShort(word)
  if (forms.length > 0) alternatives.push({ field: 'any', words: forms, isAnyWord: true })
  if (rest.length > 0) alternatives.push({ field: 'any', words: rest, isAnyWord: true })
  if (long.length > 0) alternatives.push({ field: 'any', words: long, isAnyWord: true, isPrefix: true })
  return alternatives.length === 0 ? group : { ...group, anyOf: [...group.anyOf, ...alternatives] }
}

/** One group in the place of the words of a name: the words themselves, the facet's value, or another name in any language. */
function namedGroup(words: readonly QueryGroup[], { concept, synonyms }: Name): QueryGroup {
  const first = words[0]!
  const last = words.at(-1)!
  const isHan = words.every((word) => /^\p{Script=Han}+$/u.test(word.text))
  const text = words.map((word) => word.text).join(isHan ? '' : ' ')
  const own = words.length === 1 ? first.anyOf : isHan ? alternativesOf(text) : [{ field: 'any' as const, words: words.flatMap(wordsOf) }]
  const others = [...synonyms.flatMap(alternativesOf), ...(concept ? labelAlternatives(concept) : [])]
  return {
    text,
    anyOf: distinct([...own, ...others]),
    ...(concept ? { facets: facetsOf(concept) } : {}),
    ...(first.typed && last.typed ? { typed: { start: first.typed.start, end: last.typed.end } } : {}),
  }
}

const byConcept = perDictionary(() => new WeakMap<NamedConcept, readonly QueryAlternative[]>())

/** The names of a concept in all languages, in as few questions as there can be. */
function labelAlternatives(concept: NamedConcept): readonly QueryAlternative[] {
  let alternatives = byConcept().get(concept)
  if (!alternatives) {
    alternatives = joinWords(Object.values(concept.prefLabel).flatMap(alternativesOf))
    byConcept().set(concept, alternatives)
  }
  return alternatives
}

function joinWords(alternatives: readonly QueryAlternative[]): QueryAlternative[] {
  const isWord = ({ field, words, isPrefix }: QueryAlternative) => field === 'any' && words.length === 1 && !isPrefix
  const words = [...new Set(alternatives.filter(isWord).flatMap((alternative) => alternative.words))]
  // Words of Uyghur, Kazakh or Mongolian mostly stand in titles with endings.
  const stems = words.filter((word) => inflected.test(word))
  const others = words.filter((word) => !inflected.test(word))
  const joined: QueryAlternative[] = alternatives.filter((alternative) => !isWord(alternative))
  if (others.length > 0) joined.push({ field: 'any', words: others, isAnyWord: true })
  if (stems.length > 0) joined.push({ field: 'any', words: stems, isAnyWord: true, isPrefix: true })
  return joined.map((alternative) => ({ ...alternative, isOtherName: true }))
}

function wordsOf(group: QueryGroup): string[] {
  return group.anyOf[0]?.words ?? []
}

function facetsOf({ values }: NamedConcept): SoftFacet[] {
  const byName = new Map<TypedFacet, string[]>()
  for (const { facet, value } of values) byName.set(facet, [...(byName.get(facet) ?? []), value])
  return [...byName].map(([name, list]) => ({ name, values: list }))
}

function distinct(alternatives: readonly QueryAlternative[]): QueryAlternative[] {
  const found = new Map<string, QueryAlternative>()
  for (const alternative of alternatives) {
    const { isOtherName: _, ...rest } = alternative
    const key = JSON.stringify(rest)
    if (!found.has(key)) found.set(key, alternative)
  }
  return [...found.values()]
}
