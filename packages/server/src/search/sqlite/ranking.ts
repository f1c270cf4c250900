import type { QueryTerms } from '../analysis/index.js'
import { countedLength, defaultRankingWeights, facetGroups, freshnessOf, type RankingWeights, rankedGroups } from '../ranking.js'
import { isInLanguage } from '../understanding/query-language.js'
import { type Columns, columnNames } from './columns.js'
import type { GroupRows } from './group-rows.js'
import type { Matcher } from './matcher.js'
import type { RowSet } from './row-set.js'

const languageColumn = columnNames.indexOf('language')

/** The score of a row that matches. It depends on the document and the query alone, so that pages stay in order while others are added. */
export type Scorer = (row: number) => number

/** Scores the rows that answer `groups`, which are those of the query, as ranking.ts describes. */
export function createScorer(
  query: QueryTerms,
  groups: readonly GroupRows[],
  matches: RowSet,
  { columns, matcher, weights = defaultRankingWeights }: { columns: Columns; matcher: Matcher; weights?: RankingWeights | undefined },
): Scorer {
  const { dates, standings, titleLengths, end } = columns
  const ofItself = (row: number) => weights.freshness * freshnessOf(dates[row]!) + weights.standing * standings[row]!
  if (groups.length === 0) return (row) => weights.freshness * freshnessOf(dates[row]!)
  const ranked = rankedGroups(query)
  const all = ranked.reduce((sum, { importance }) => sum + importance, 0)
  const topic = groups.reduce((rows, group) => rows.and(group.inTopic), matches)
  const title = groups.slice(0, ranked.length).reduce((rows, group) => rows.and(group.inTitle), matches)
  // A title that is the query, or has its words in a row, has all of its words: most queries need not be asked again.
  const isAskedAgain = !title.isEmpty()
  const exact = isAskedAgain && query.titleKey ? matcher.rows('title_terms', { words: [query.titleKey], column: 'keys' }, end) : undefined
  const phrase =
    isAskedAgain && query.titlePhrase.length > 0
      ? matcher.rows('title_terms', { words: query.titlePhrase, column: 'characters' }, end)
      : undefined
  const length = countedLength(query.titlePhrase.length)
  const signs = signsOutsideText(query, groups, columns, weights)

  return (row) => {
    let score = ofItself(row) + signs(row)
    if (topic.has(row)) score += weights.inTopic
    if (title.has(row)) {
      score += weights.inTitle + weights.coverage * Math.min(1, length / Math.max(1, titleLengths[row]!))
      if (phrase?.has(row)) score += weights.phraseInTitle
      if (exact?.has(row)) score += weights.exactTitle
      return score
    }
    let found = 0
    for (let at = 0; at < ranked.length; at++) if (groups[at]!.inTitle.has(row)) found += ranked[at]!.importance
    return score + (weights.inTitle * found) / all
  }
}

/** What language and facets are worth. */
function signsOutsideText(query: QueryTerms, groups: readonly GroupRows[], columns: Columns, weights: RankingWeights): Scorer {
  const languages = query.languages ?? []
  const worthOfSet = Float64Array.from(columns.values[languageColumn]!, (tags) =>
    languages.reduce((sum, { language, worth }) => sum + (tags?.some((tag) => isInLanguage(tag, language)) ? worth : 0), 0),
  )
  const codes = columns.sets[languageColumn]!
  const count = facetGroups(query).length
  const fitting = groups.flatMap((group) => group.fitting ?? []).slice(0, count)
  const share = weights.fitsFacets / Math.max(1, count)
  return (row) => {
    let score = worthOfSet[codes[row]!]!
    for (const rows of fitting) if (rows.has(row)) score += share
    return score
  }
}
