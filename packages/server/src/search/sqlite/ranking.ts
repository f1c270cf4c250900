import type { QueryTerms } from '../analysis/index.js'
import type { Columns } from './columns.js'
import type { GroupRows } from './group-rows.js'
import type { Matcher } from './matcher.js'
import type { RowSet } from './row-set.js'

/** What each sign of relevance is worth. They add up; freshness only decides between documents that are otherwise alike. */
const weights = { exactTitle: 10, phraseInTitle: 3, inTitle: 4, inTopic: 1.5, coverage: 2, freshness: 0.3 }

const oldest = Date.UTC(1990)
const newest = Date.UTC(2050)

/** The score of a row that matches. It depends on the document and the query alone, so that pages stay in order while others are added. */
export type Scorer = (row: number) => number

/** 0 for documents of 1990 and before, 1 for those of 2050. */
export function freshnessOf(date: number): number {
  return Math.min(1, Math.max(0, (date - oldest) / (newest - oldest)))
}

/** Scores the rows that answer `groups`, which are those of the query. */
export function createScorer(
  query: QueryTerms,
  groups: readonly GroupRows[],
  matches: RowSet,
  { columns, matcher }: { columns: Columns; matcher: Matcher },
): Scorer {
  const { dates, titleLengths, end } = columns
  if (groups.length === 0) return (row) => weights.freshness * freshnessOf(dates[row]!)
  const importance = query.groups.map(({ text }) => Math.min(4, text.length))
  const all = importance.reduce((sum, one) => sum + one, 0)
  const topic = groups.reduce((rows, group) => rows.and(group.inTopic), matches)
  const title = groups.reduce((rows, group) => rows.and(group.inTitle), matches)
  // A title that is the query, or has its words in a row, has all of its words: most queries need not be asked again.
  const isAskedAgain = !title.isEmpty()
  const exact = isAskedAgain && query.titleKey ? matcher.rows('title_terms', { words: [query.titleKey], column: 'keys' }, end) : undefined
  const phrase =
    isAskedAgain && query.titlePhrase.length > 1
      ? matcher.rows('title_terms', { words: query.titlePhrase, column: 'characters' }, end)
      : title
  const length = Math.min(255, query.titlePhrase.length)

  return (row) => {
    let score = weights.freshness * freshnessOf(dates[row]!)
    if (topic.has(row)) score += weights.inTopic
    if (title.has(row)) {
      score += weights.inTitle + weights.coverage * Math.min(1, length / Math.max(1, titleLengths[row]!))
      if (phrase.has(row)) score += weights.phraseInTitle
      if (exact?.has(row)) score += weights.exactTitle
      return score
    }
    let found = 0
    for (let at = 0; at < groups.length; at++) if (groups[at]!.inTitle.has(row)) found += importance[at]!
    return score + (weights.inTitle * found) / all
  }
}
