import type { Suggestions } from '@edufed/sdk/schemas'
import type { estypes } from '@elastic/elasticsearch'
import type { Viewer } from '../../catalog/viewer.js'
import { analyzeQuery, typedPinyin } from '../analysis/index.js'
import type { SuggestRequest } from '../search-index.js'
import { nameByPinyin } from '../spelling/typed-pinyin.js'
import { toFilters } from './facet-request.js'
import { toViewerFilter } from './search-request.js'
import { allOf, inFields } from './text-query.js'
import { foldedWords, longestStart, type StoredSource } from './to-index-document.js'

type Query = estypes.QueryDslQueryContainer
type Suggestion = Suggestions['suggestions'][number]

/** Several resources have the same title: as many are read as usually give enough different ones. */
const hitsPerSuggestion = 4

/** Titles that have a word that begins with what was typed, or hold its words. Undefined when nothing was typed that could be looked up. */
export function toSuggestRequest({ text, limit, filters = {} }: SuggestRequest, viewer: Viewer): estypes.SearchRequest | undefined {
  const typed = [...foldedWords(text).join(' ')].slice(0, longestStart).join('')
  if (typed === '') return undefined
  const { groups } = analyzeQuery(text)
  const should: Query[] = [{ constant_score: { filter: { prefix: { titleStarts: typed } }, boost: 2 } }]
  const pinyin = typedPinyin(text)
  if (pinyin)
    for (const value of new Set([pinyin.full, pinyin.initials]))
      should.push({ constant_score: { filter: { prefix: { titleKeys: value } }, boost: 1 } })
  if (groups.length > 0) should.push(allOf(groups.map((group) => inFields(group, ['title', 'titleCharacters']))))
  return {
    query: { bool: { should, minimum_should_match: 1, filter: [...toViewerFilter(viewer), ...toFilters(filters)] } },
    sort: [{ _score: { order: 'desc' } }, { titleLength: { order: 'asc' } }, { date: { order: 'desc' } }, { tie: { order: 'asc' } }],
    size: limit * hitsPerSuggestion,
    track_total_hits: false,
    _source: ['resource.name'],
    timeout: '2s',
  }
}

/** The titles of the hits, each once: the one that holds what was typed, else the one in the reader's language. */
export function toSuggestions(hits: readonly estypes.SearchHit<StoredSource>[], query: SuggestRequest): Suggestion[] {
  const typed = foldedWords(query.text).join(' ')
  const suggestions = new Map<string, Suggestion>()
  for (const hit of hits) {
    const titles = Object.entries(hit._source?.resource.name ?? {})
    const byPinyin = nameByPinyin(hit._source?.resource.name ?? {}, query.text)
    const title =
      titles.find(([, text]) => foldedWords(text).join(' ').includes(typed)) ??
      (byPinyin && ([byPinyin.language, byPinyin.text] as const)) ??
      titles.find(([tag]) => tag === query.lang) ??
      titles[0]
    if (title && !suggestions.has(title[1])) suggestions.set(title[1], { text: title[1], language: title[0] })
    if (suggestions.size === query.limit) break
  }
  return [...suggestions.values()]
}
