import type { Interpretation } from '@edufed/sdk/schemas'
import type { Viewer } from '../../catalog/viewer.js'
import { isServerError } from '../../errors.js'
import { isPast } from '../deadline.js'
import type { InterpretedResult } from '../interpreted-result.js'
import { noteInCursor, readNotedCursor } from '../noted-cursor.js'
import { continueRelaxed, searchRelaxed } from '../relaxation/relaxed-search.js'
import type { ResolvedSearchQuery, SearchIndex, SearchResult } from '../search-index.js'
import { type Synonyms, type UnderstoodQuery, understandQuery } from '../understanding/understand-query.js'
import { asWritten } from './as-written.js'
import { correctionsOf } from './corrections.js'

/** A query with fewer hits than this may be misspelt. */
const fewHits = 3

/**
 * Searches for what was typed. When that finds nothing, what was probably meant is searched for, else without the words that stand in
 * the way; when it finds little, what was probably meant is only named.
 *
 * @throws {ServerError} `EDUFED_SEARCH_UNAVAILABLE`, `EDUFED_SEARCH_TIMEOUT`, `EDUFED_CURSOR_INVALID`
 */
export async function searchCorrected(
  index: SearchIndex,
  query: ResolvedSearchQuery,
  viewer: Viewer,
  synonyms?: Synonyms,
): Promise<InterpretedResult> {
  const noted = readNotedCursor(query.cursor)
  if (noted && 'text' in noted.note)
    return await searchInstead(index, { ...query, text: noted.note.text, cursor: noted.cursor }, noted.note.shown)
  const understood = understandQuery(query, synonyms)
  if (noted && 'leftOut' in noted.note) {
    const { leftOut } = noted.note
    return await continueRelaxed(index, { ...query, cursor: noted.cursor }, { understood, synonyms, leftOut }, viewer)
  }
  const result = await index.search({ ...query, terms: understood.terms }, viewer)
  const isDone = result.total >= fewHits || query.cursor !== undefined || query.limit === 0 || understood.terms.isBlank
  if (isDone) return { result, terms: understood.terms, ...interpretationOf(understood) }
  const titles = {
    nearWords: async (word: string) => (isPast(query.deadline) ? [] : await index.nearWords(word)),
    titlesTyped: async (text: string) =>
      isPast(query.deadline) ? [] : (await index.suggest({ text, lang: query.lang, limit: 8 }, viewer)).map((one) => one.text),
  }
  for (const text of await correctionsOf(query.text, titles)) {
    // What was found is answered, even when there is no time left for what may have been meant.
    if (isPast(query.deadline)) break
    const meant = understandQuery({ text, lang: query.lang }, synonyms)
    const other = await index.search({ ...query, text, terms: meant.terms }, viewer).catch(noneWhenLate)
    if (!other || other.total <= result.total) continue
    const shown = asWritten(query.text, text, other.hits)
    if (result.total > 0) return { result, terms: understood.terms, ...interpretationOf(understood, { didYouMean: shown }) }
    return correctedResult(other, { text, shown, meant })
  }
  const mayRelax = result.total === 0 && !isPast(query.deadline)
  const relaxed = mayRelax ? await searchRelaxed(index, query, { understood, synonyms }, viewer).catch(noneWhenLate) : undefined
  return relaxed ?? { result, terms: understood.terms, ...interpretationOf(understood) }

  async function searchInstead(index: SearchIndex, query: ResolvedSearchQuery, shown: string): Promise<InterpretedResult> {
    const meant = understandQuery(query, synonyms)
    const result = await index.search({ ...query, terms: meant.terms }, viewer)
    return correctedResult(result, { text: query.text, shown, meant })
  }
}

function noneWhenLate(error: unknown): undefined {
  if (!isServerError(error) || error.code !== 'EDUFED_SEARCH_TIMEOUT') throw error
}

function correctedResult(
  result: SearchResult,
  { text, shown, meant }: { text: string; shown: string; meant: UnderstoodQuery },
): InterpretedResult {
  return {
    result: noteInCursor(result, { text, shown }),
    terms: meant.terms,
    ...interpretationOf(meant, { didYouMean: shown, isCorrected: true }),
  }
}

function interpretationOf(
  { recognised }: UnderstoodQuery,
  meant: Omit<Interpretation, 'recognised'> = {},
): { interpretation?: Interpretation } {
  return recognised.length === 0 && meant.didYouMean === undefined ? {} : { interpretation: { recognised, ...meant } }
}
