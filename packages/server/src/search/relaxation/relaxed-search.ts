import type { Interpretation, LeftOutWords } from '@edufed/sdk/schemas'
import type { Viewer } from '../../catalog/viewer.js'
import type { QueryGroup } from '../analysis/index.js'
import { invalidCursor } from '../cursor.js'
import type { InterpretedResult } from '../interpreted-result.js'
import { noteInCursor } from '../noted-cursor.js'
import type { ResolvedSearchQuery, SearchIndex } from '../search-index.js'
import type { Synonyms, UnderstoodQuery } from '../understanding/understand-query.js'
import { isTelling, worthOf } from './group-worth.js'
import { joinedPlaces, type Place, withoutGroups } from './without-groups.js'

const longestQuery = 10_000

interface Words {
  understood: UnderstoodQuery
  synonyms?: Synonyms | undefined
}

/**
 * Searches without the words that stand in the way, for a query that nothing answers as a whole: with those that a resource answers
 * which answers most. Filters, quotations and exclusions hold. Asks the index twice at most.
 *
 * @returns Undefined when leaving out words does not help.
 * @throws {ServerError} `EDUFED_SEARCH_UNAVAILABLE`, `EDUFED_SEARCH_TIMEOUT`
 */
export async function searchRelaxed(
  index: SearchIndex,
  query: ResolvedSearchQuery,
  words: Words,
  viewer: Viewer,
): Promise<InterpretedResult | undefined> {
  const { terms } = words.understood
  const { groups } = terms
  if (groups.length < 2) return undefined
  const answered = await index.mostAnswered({ ...query, terms, worths: groups.map(worthOf) }, viewer)
  if (!answered || answered.length === groups.length) return undefined
  const kept = new Set(answered.map((at) => groups[at]!))
  if (!isTelling([...kept], groups)) return undefined
  const leftOut = groups.flatMap((group, at) => (kept.has(group) ? [] : [at]))
  const relaxed = await searchWithout(index, query, { ...words, leftOut }, viewer)
  return relaxed.result.total > 0 ? relaxed : undefined
}

/**
 * Goes on with what {@link searchRelaxed} began.
 *
 * @param leftOut - As it noted them in its cursor.
 * @throws {ServerError} as {@link searchRelaxed}, and `EDUFED_CURSOR_INVALID`
 */
export async function continueRelaxed(
  index: SearchIndex,
  query: ResolvedSearchQuery,
  { understood, synonyms, leftOut }: Words & { leftOut: number[] },
  viewer: Viewer,
): Promise<InterpretedResult> {
  const { groups } = understood.terms
  if (leftOut.length === 0 || leftOut.some((at) => groups[at]?.typed === undefined)) throw invalidCursor()
  return await searchWithout(index, query, { understood, synonyms, leftOut }, viewer)
}

async function searchWithout(
  index: SearchIndex,
  query: ResolvedSearchQuery,
  { understood, synonyms, leftOut }: Words & { leftOut: number[] },
  viewer: Viewer,
): Promise<InterpretedResult> {
  const groups = leftOut.map((at) => understood.terms.groups[at]!)
  const shorter = withoutGroups(query, understood, groups, synonyms)
  // The text names the list, so that a cursor opens only what was left out when it was given.
  const result = await index.search({ ...query, text: shorter.text, terms: shorter.terms }, viewer)
  const interpretation: Interpretation = {
    recognised: shorter.recognised,
    leftOut: toLeftOutWords(groups, query.text, understood),
    searchedFor: shorter.text,
  }
  return { result: noteInCursor(result, { leftOut }), terms: shorter.terms, interpretation }
}

/** Words that name nothing and stand together are one part: 量子纠缠, not 量子 and 纠缠. */
function toLeftOutWords(groups: readonly QueryGroup[], query: string, { recognised }: UnderstoodQuery): LeftOutWords[] {
  const textAt = ({ start, end }: Place) => query.slice(start, end)
  const places = groups.map((group) => group.typed!)
  const nameAt = (place: Place) => recognised.find((part) => part.text === textAt(place))
  const names = places.filter((place) => nameAt(place) !== undefined)
  const words = joinedPlaces(
    query,
    places.filter((place) => nameAt(place) === undefined),
  )
  return [...names, ...words]
    .sort((a, b) => a.start - b.start)
    .map((place): LeftOutWords => {
      const name = nameAt(place)
      if (!name) return { text: textAt(place), ...demanding(query, place) }
      return { text: name.text, facet: name.facet, value: name.value, label: name.label }
    })
}

function demanding(query: string, { start, end }: Place): Pick<LeftOutWords, 'demanded'> {
  const demanded = `${query.slice(0, start)} "${query.slice(start, end)}" ${query.slice(end)}`.replaceAll(/\s+/g, ' ').trim()
  return demanded.length <= longestQuery ? { demanded } : {}
}
