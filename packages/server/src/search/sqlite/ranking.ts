import type { QueryTerms } from '../analysis/index.js'
import type { Columns } from './columns.js'
import { allOf, anywhere, inTitle, inTopic, titleKey, titlePhrase } from './match-expression.js'
import type { Matcher } from './matcher.js'
import type { RowSet } from './row-set.js'

/** What each sign of relevance is worth. They add up; freshness only decides between documents that are otherwise alike. */
const weights = { exactTitle: 10, phraseInTitle: 3, inTitle: 4, inTopic: 1.5, coverage: 2, freshness: 0.3 }

/** Of longer queries only the first words are looked up in titles one by one. */
const maxRankedGroups = 6
/** Fewer matches than this are looked up together with the words, more by each word alone (which may be remembered). */
const fewMatches = 2000

const oldest = Date.UTC(1990)
const newest = Date.UTC(2050)

/** The score of a row that matches. It depends on the document and the query alone, so that pages stay in order while others are added. */
export type Scorer = (row: number) => number

/** 0 for documents of 1990 and before, 1 for those of 2050. */
export function freshnessOf(date: number): number {
  return Math.min(1, Math.max(0, (date - oldest) / (newest - oldest)))
}

export function createScorer(
  query: QueryTerms,
  matches: { count: number },
  { columns, matcher }: { columns: Columns; matcher: Matcher },
): Scorer {
  if (query.groups.length === 0) return (row) => weights.freshness * freshnessOf(columns.dates[row]!)
  const find = (expression: string) => matcher.rows(expression, columns.end)
  const base = query.groups.map(anywhere)
  const ranked = query.groups.slice(0, maxRankedGroups)
  const importance = ranked.map(({ text }) => Math.min(4, text.length))
  const all = importance.reduce((sum, one) => sum + one, 0)
  const isAlone = query.groups.length === 1
  const titleSets = ranked.map((group) => find(matches.count < fewMatches && !isAlone ? allOf([inTitle(group), ...base]) : inTitle(group)))
  const topicSet = find(allOf(query.groups.map(inTopic)))
  const exactSet = query.titleKey ? find(titleKey(query.titleKey)) : undefined
  const phraseSet: RowSet | undefined = query.titlePhrase.length > 1 ? find(titlePhrase(query.titlePhrase)) : titleSets[0]
  const length = Math.min(255, query.titlePhrase.length)

  return (row) => {
    let found = 0
    for (let at = 0; at < titleSets.length; at++) if (titleSets[at]!.has(row)) found += importance[at]!
    let score = (weights.inTitle * found) / all + weights.freshness * freshnessOf(columns.dates[row]!)
    if (topicSet.has(row)) score += weights.inTopic
    if (found === all) score += weights.coverage * Math.min(1, length / Math.max(1, columns.titleLengths[row]!))
    if (phraseSet?.has(row)) score += weights.phraseInTitle
    if (exactSet?.has(row)) score += weights.exactTitle
    return score
  }
}
