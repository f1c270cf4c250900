import { pickLabel } from '@edufed/harvester/vocabularies'
import { alternativesOf, analyzeQuery, type QueryAlternative, type QueryGroup, type QueryTerms, type SoftFacet } from '../analysis/index.js'
import { inflected } from '../analysis/query-terms.js'
import { scriptVariants } from '../analysis/scripts/script-variants.js'
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
const maxRecognised = 8
/** So many words of a query are looked up in other scripts. */
const maxRespelled = 8
/** Words of so many letters are also found with endings. */
const shortestStem = 4
const maxStems = 6

/**
 * Reads a query as a teacher means it: names of subjects, stages, grades, editions, volumes and types also stand for the facet's
 * value, in every language. Pure; never throws, whatever the text.
 */
export function understandQuery({ text, lang }: { text: string; lang: string }): UnderstoodQuery {
  const recognised: RecognisedPart[] = []
  const terms = analyzeQuery(text, (groups, query) => {
    const expanded: QueryGroup[] = []
    for (let at = 0; at < groups.length; ) {
      const spellings = at < maxRespelled ? spellingsOf(groups[at]!, query) : []
      const name = recognised.length < maxRecognised ? nameAt(groups, at, spellings) : undefined
      if (!name) {
        expanded.push(withSpellings(groups[at]!, spellings))
        at++
        continue
      }
      const { concept, length } = name
      const group = namedGroup(groups.slice(at, at + length), concept)
      expanded.push(group)
      const typed = group.typed ? query.slice(group.typed.start, group.typed.end) : group.text
      recognised.push({
        facet: concept.facet,
        value: concept.value,
        label: pickLabel(concept.prefLabel, lang) ?? concept.value,
        text: typed,
      })
      at += length
    }
    return expanded
  })
  return { terms: { ...terms, languages: languagesFor(text, lang) }, recognised }
}

/** The longest name that begins with a group, else the name that the group is in another script. */
function nameAt(
  groups: readonly QueryGroup[],
  at: number,
  spellings: readonly string[],
): { concept: NamedConcept; length: number } | undefined {
  for (let length = Math.min(longestName, groups.length - at); length > 0; length--) {
    const key = lexiconKey(
      groups
        .slice(at, at + length)
        .map((group) => group.text)
        .join(''),
    )
    const concept = key.length <= 64 ? conceptNamed(key) : undefined
    if (concept) return { concept, length }
  }
  for (const spelling of spellings) {
    const concept = conceptNamed(lexiconKey(spelling))
    if (concept) return { concept, length: 1 }
  }
  return undefined
}

/** A single word in other scripts. */
function spellingsOf({ typed, anyOf }: QueryGroup, query: string): string[] {
  const isWord = typed !== undefined && anyOf.every(({ words, field }) => words.length === 1 && field === 'any')
  return isWord ? scriptVariants(query.slice(typed.start, typed.end)) : []
}

/** The group, also answered by the same word in another script; a longer one with its endings. */
function withSpellings(group: QueryGroup, spellings: readonly string[]): QueryGroup {
  const long = spellings.filter((spelling) => spelling.length >= shortestStem && !/^[a-z]+$/.test(spelling)).slice(0, maxStems)
  const rest = spellings.filter((spelling) => !long.includes(spelling))
  const alternatives: QueryAlternative[] = []
  if (rest.length > 0) alternatives.push({ field: 'any', words: rest, isAnyWord: true })
  if (long.length > 0) alternatives.push({ field: 'any', words: long, isAnyWord: true, isPrefix: true })
  return alternatives.length === 0 ? group : { ...group, anyOf: [...group.anyOf, ...alternatives] }
}

/** One group in the place of the words of a name: the words themselves, the facet's value, or the name in another language. */
function namedGroup(words: readonly QueryGroup[], concept: NamedConcept): QueryGroup {
  const first = words[0]!
  const isHan = words.every((word) => /^\p{Script=Han}+$/u.test(word.text))
  const text = words.map((word) => word.text).join(isHan ? '' : ' ')
  const own = words.length === 1 ? first.anyOf : isHan ? alternativesOf(text) : [{ field: 'any' as const, words: words.flatMap(wordsOf) }]
  const labels = labelAlternatives(concept)
  return {
    text,
    anyOf: distinct([...own, ...labels]),
    facets: facetsOf(concept),
    ...(first.typed && words.at(-1)!.typed ? { typed: { start: first.typed.start, end: words.at(-1)!.typed!.end } } : {}),
  }
}

/** Words of Uyghur, Kazakh or Mongolian mostly stand in titles with endings. */
function withEndings(alternative: QueryAlternative): QueryAlternative[] {
  const { field, words } = alternative
  const isInflected = field === 'any' && words.length === 1 && inflected.test(words[0]!)
  return isInflected ? [alternative, { ...alternative, isPrefix: true }] : [alternative]
}

const byConcept = new WeakMap<NamedConcept, readonly QueryAlternative[]>()

function labelAlternatives(concept: NamedConcept): readonly QueryAlternative[] {
  let alternatives = byConcept.get(concept)
  if (!alternatives) {
    alternatives = Object.values(concept.prefLabel).flatMap(alternativesOf).flatMap(withEndings)
    byConcept.set(concept, alternatives)
  }
  return alternatives
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
  return [...new Map(alternatives.map((alternative) => [JSON.stringify(alternative), alternative])).values()]
}
