import type { QueryGroup } from '../analysis/index.js'
import { stopWords } from '../analysis/stop-words.js'
import type { ResolvedSearchQuery } from '../search-index.js'
import { type Synonyms, type UnderstoodQuery, understandQuery } from '../understanding/understand-query.js'

/** A query without some of its words. */
export interface ShorterQuery extends UnderstoodQuery {
  text: string
}

/** A word that was typed several times is taken out in as many steps. */
const maxSteps = 3
/** What joined a word to one that is gone, as in 9-сынып: behind a space it would exclude the word. */
const joining = /^[-－−]+/

/**
 * A query without the words of some of its groups. The groups that stay are those of the whole query, however the rest of the text
 * would be understood without its neighbours.
 */
export function withoutGroups(
  { text, lang }: Pick<ResolvedSearchQuery, 'text' | 'lang'>,
  whole: UnderstoodQuery,
  leftOut: readonly QueryGroup[],
  synonyms?: Synonyms,
): ShorterQuery {
  const gone = new Set(leftOut.map((group) => group.text))
  let rest = text
  let understood = whole
  for (let step = 0; step < maxSteps; step++) {
    const places = understood.terms.groups.flatMap((group) => (group.typed && gone.has(group.text) ? [group.typed] : []))
    if (places.length === 0) break
    for (const { start, end } of joinedPlaces(rest, places).reverse())
      rest = `${rest.slice(0, start)} ${rest.slice(end).replace(joining, '')}`
    rest = rest.replaceAll(/\s+/g, ' ').trim()
    understood = understandQuery({ text: rest, lang }, synonyms)
  }
  const typed = new Set(leftOut.flatMap(({ typed: place }) => (place ? [text.slice(place.start, place.end)] : [])))
  const { groups, exclude } = whole.terms
  return {
    text: rest,
    terms: { ...understood.terms, exclude, groups: groups.filter((group) => !gone.has(group.text)) },
    recognised: whole.recognised.filter((part) => !typed.has(part.text)),
  }
}

/** A piece of a query as it was typed. */
export interface Place {
  start: number
  end: number
}

/** The places in their order; those that touch, or have only a word like 的 between them, as one. */
export function joinedPlaces(query: string, places: readonly Place[]): Place[] {
  const joined: Place[] = []
  for (const { start, end } of [...places].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last && (last.end === start || stopWords.has(query.slice(last.end, start).trim().toLowerCase()))) last.end = end
    else joined.push({ start, end })
  }
  return joined
}
