import type { LanguageMap } from '@edufed/sdk/schemas'
import type { Viewer } from '../../catalog/viewer.js'
import { analyzePrefix, fold, typedPinyin } from '../analysis/index.js'
import { freshnessOf } from '../ranking.js'
import type { SuggestRequest } from '../search-index.js'
import { nameByPinyin } from '../spelling/typed-pinyin.js'
import type { Columns } from './columns.js'
import { countMatches } from './facet-counter.js'
import { FirstRows } from './first-rows.js'
import type { Matcher } from './matcher.js'
import type { RowSet } from './row-set.js'

interface Index {
  columns: Columns
  matcher: Matcher
  nameOf(row: number): LanguageMap
}

/** Titles repeat: so many times as many are looked at as are wanted. */
const surplus = 4

/** Titles that begin with what was typed, then those that have it inside, then those that it is the pinyin of. */
export function suggestTitles(query: SuggestRequest, viewer: Viewer, index: Index): { text: string; language?: string }[] {
  const words = analyzePrefix(query.text)
  if (words.length === 0) return []
  const pinyin = typedPinyin(query.text)
  const typed = keyOf(query.text)
  const suggestions = new Map<string, { text: string; language?: string }>()
  const add = (text: string, language: string) => {
    const key = keyOf(text)
    if (suggestions.size < query.limit && !suggestions.has(key)) suggestions.set(key, { text, ...(language === 'und' ? {} : { language }) })
  }
  for (const row of rowsOf(words, query, viewer, index)) {
    const name = bestName(index.nameOf(row), typed, query.lang)
    add(name.text, name.language)
    if (suggestions.size === query.limit) break
  }
  if (pinyin && suggestions.size < query.limit) {
    const keys = { words: [pinyin.full, pinyin.initials], column: 'keys', isPrefix: true, isAnyWord: true } as const
    for (const row of bestRows(index.matcher.rows('title_terms', keys, index.columns.end), query, viewer, index)) {
      const name = nameByPinyin(index.nameOf(row), query.text)
      if (name) add(name.text, name.language)
    }
  }
  return [...suggestions.values()]
}

/** Titles that begin with the words first, short ones before long ones. */
function rowsOf(words: readonly string[], query: SuggestRequest, viewer: Viewer, { columns, matcher }: Index): number[] {
  const inside = matcher.rows('title_terms', { words, column: 'characters', isPrefix: true }, columns.end)
  const beginning = matcher.rows('title_terms', { words, column: 'characters', isPrefix: true, isAtStart: true }, columns.end)
  return bestRows(inside, query, viewer, { columns }, beginning)
}

function bestRows(
  rows: RowSet,
  { limit, filters = {} }: SuggestRequest,
  viewer: Viewer,
  { columns }: Pick<Index, 'columns'>,
  beginning?: RowSet,
): number[] {
  const first = new FirstRows(limit * surplus, undefined)
  countMatches(rows, columns, { filters, facets: [] }, viewer, (row) => {
    const value = (beginning?.has(row) ? 2 : 0) + 1 / Math.max(1, columns.titleLengths[row]!) + freshnessOf(columns.dates[row]!) / 1000
    if (!first.isTooLate(value)) first.offer({ value, tie: columns.ties[row]!, row })
  })
  return first.inOrder().map((place) => place.row)
}

function bestName(name: LanguageMap, typed: string, lang: string): { text: string; language: string } {
  const names = Object.entries(name).map(([language, text]) => {
    const key = keyOf(text)
    const place = key.startsWith(typed) ? 4 : key.includes(typed) ? 2 : 0
    return { text, language, value: place + (language === lang ? 1 : 0) }
  })
  return names.reduce((best, one) => (one.value > best.value ? one : best))
}

/** Only for comparing: letters and digits, folded. */
function keyOf(text: string): string {
  return fold(text.slice(0, 300)).text.replaceAll(' ', '')
}
