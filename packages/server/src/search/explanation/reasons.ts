import type { HitSource, LearningResource } from '@edufed/sdk/schemas'
import { analyzeForIndex, type IndexTerms, type QueryAlternative, type QueryGroup, type QueryTerms } from '../analysis/index.js'
import { dateValue, facetValues } from '../facet-values.js'
import { countedLength, facetGroups, freshnessOf, type RankingWeights, rankedGroups, standingOf } from '../ranking.js'
import { isInLanguage } from '../understanding/query-language.js'

/** One reason why a resource stands where it stands in a list by relevance. The worths of all of them are its score. */
export interface Reason {
  sign: keyof RankingWeights | 'language'
  worth: number
  /** The words of the query that it is about, as they were typed. */
  words: string[]
}

/**
 * Why an engine gave a resource its score: the signs of ranking.ts, found again in the resource itself. The same for every engine,
 * weightiest first.
 */
export function reasonsOf(
  { resource, sources }: { resource: LearningResource; sources: readonly HitSource[] },
  terms: QueryTerms,
  weights: RankingWeights,
): Reason[] {
  const found = analyzeForIndex(resource)
  const facets = { ...facetValues(resource), source: sources.map((source) => source.id) }
  const reasons: Reason[] = []
  const add = (sign: Reason['sign'], worth: number, words: string[] = []) => {
    if (worth > 0) reasons.push({ sign, worth, words })
  }
  const fits = (group: QueryGroup) =>
    group.facets?.some(({ name, values }) => facets[name]?.some((value) => values.includes(value))) === true

  const ranked = rankedGroups(terms)
  const all = ranked.reduce((sum, { importance }) => sum + importance, 0)
  const titled = ranked.filter(({ group }) => isInTitle(group, found))
  const isAllInTitle = ranked.length > 0 && titled.length === ranked.length
  const textsOf = (groups: readonly QueryGroup[]) => groups.map((group) => group.text)
  const titleShare = titled.reduce((sum, { importance }) => sum + importance, 0) / Math.max(1, all)
  add('inTitle', weights.inTitle * titleShare, textsOf(titled.map(({ group }) => group)))
  if (terms.groups.length > 0 && terms.groups.every((group) => isInTopic(group, found) || fits(group)))
    add('inTopic', weights.inTopic, textsOf(terms.groups))
  if (isAllInTitle) {
    add('coverage', weights.coverage * Math.min(1, countedLength(terms.titlePhrase.length) / countedLength(found.titleLength)))
    if (terms.titlePhrase.length > 0 && holds(found.titleCharacters, terms.titlePhrase)) add('phraseInTitle', weights.phraseInTitle)
    if (terms.titleKey !== '' && found.titleKeys.includes(terms.titleKey)) add('exactTitle', weights.exactTitle)
  }
  const naming = facetGroups(terms)
  const fitting = naming.filter(fits)
  add('fitsFacets', (weights.fitsFacets * fitting.length) / Math.max(1, naming.length), textsOf(fitting))
  for (const { language, worth } of terms.languages ?? [])
    if (facets.language?.some((tag) => isInLanguage(tag, language))) add('language', worth, [language])
  add('freshness', weights.freshness * freshnessOf(dateValue(resource)))
  add('standing', weights.standing * standingOf(resource))
  return reasons.sort((a, b) => b.worth - a.worth)
}

function isInTitle(group: QueryGroup, found: IndexTerms): boolean {
  return group.anyOf.some((alternative) => !alternative.isOtherName && answers(alternative, found, [found.title]))
}

function isInTopic(group: QueryGroup, found: IndexTerms): boolean {
  return group.anyOf.some((alternative) => answers(alternative, found, [found.title, found.keywords, found.concepts]))
}

/** Whether an alternative holds in one of the fields that words may stand in, or in its own. */
function answers(
  { field, words, isPhrase, isPrefix, isAnyWord }: QueryAlternative,
  found: IndexTerms,
  fields: readonly string[][],
): boolean {
  const places = field === 'any' ? fields : [field === 'title' ? found.title : found.titleCharacters]
  if (isAnyWord) return words.some((word) => places.some((place) => holds(place, [word], isPrefix)))
  if (isPhrase) return places.some((place) => holds(place, words, isPrefix))
  return words.every((word, at) => places.some((place) => holds(place, [word], isPrefix && at === words.length - 1)))
}

/** Whether the words stand in a list one behind the other; with `isPrefix` the last may be the beginning of a word. */
function holds(list: readonly string[], words: readonly string[], isPrefix = false): boolean {
  const last = words.length - 1
  return list.some((_, from) =>
    words.every((word, at) => {
      const there = list[from + at]
      return there === word || (isPrefix && at === last && there?.startsWith(word) === true)
    }),
  )
}
