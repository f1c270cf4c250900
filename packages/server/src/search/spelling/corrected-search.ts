import type { Interpretation } from '@edufed/sdk/schemas'
import type { Viewer } from '../../catalog/viewer.js'
import { isServerError } from '../../errors.js'
import type { QueryTerms } from '../analysis/index.js'
import { invalidCursor } from '../cursor.js'
import { isPast } from '../deadline.js'
import type { ResolvedSearchQuery, SearchIndex, SearchResult } from '../search-index.js'
import { type Synonyms, type UnderstoodQuery, understandQuery } from '../understanding/understand-query.js'
import { asWritten } from './as-written.js'
import { correctionsOf } from './corrections.js'

/** A query with fewer hits than this may be misspelt. */
const fewHits = 3

/** Hits of a query, and what was understood of it. */
export interface InterpretedResult {
  result: SearchResult
  interpretation?: Interpretation
  /** How the words that were searched for were understood. */
  terms: QueryTerms
}

/**
 * Searches for what was typed. When that finds nothing, what was probably meant is searched for; when it finds little, that is only
 * named.
 *
 * @throws {ServerError} `EDUFED_SEARCH_UNAVAILABLE`, `EDUFED_SEARCH_TIMEOUT`, `EDUFED_CURSOR_INVALID`
 */
export async function searchCorrected(
  index: SearchIndex,
  query: ResolvedSearchQuery,
  viewer: Viewer,
  synonyms?: Synonyms,
): Promise<InterpretedResult> {
  const corrected = query.cursor === undefined ? undefined : readCorrectedCursor(query.cursor)
  if (corrected) return await searchInstead(index, { ...query, text: corrected.text, cursor: corrected.cursor }, corrected.shown)
  const understood = understandQuery(query, synonyms)
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
  return { result, terms: understood.terms, ...interpretationOf(understood) }

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
    result: withCorrectedCursor(result, text, shown),
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

const separator = '.'

/** The list goes on with what was searched for, whatever was typed. */
function withCorrectedCursor(result: SearchResult, text: string, shown: string): SearchResult {
  if (result.cursor === undefined) return result
  const corrected = Buffer.from(JSON.stringify([text, shown])).toString('base64url')
  return { ...result, cursor: `${corrected}${separator}${result.cursor}` }
}

function readCorrectedCursor(cursor: string): { text: string; shown: string; cursor: string } | undefined {
  const at = cursor.indexOf(separator)
  if (at < 0) return undefined
  const [text, shown] = parseTexts(Buffer.from(cursor.slice(0, at), 'base64url').toString('utf8'))
  return { text, shown, cursor: cursor.slice(at + 1) }
}

function parseTexts(json: string): [string, string] {
  let texts: unknown
  try {
    texts = JSON.parse(json)
  } catch {
    throw invalidCursor()
  }
  if (!Array.isArray(texts) || texts.length !== 2 || texts.some((text) => typeof text !== 'string')) throw invalidCursor()
  return texts as [string, string]
}
