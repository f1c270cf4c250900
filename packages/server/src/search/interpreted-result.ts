import type { Interpretation } from '@edufed/sdk/schemas'
import type { QueryTerms } from './analysis/index.js'
import type { SearchResult } from './search-index.js'

/** Hits of a query, and what was understood of it. */
export interface InterpretedResult {
  result: SearchResult
  interpretation?: Interpretation
  /** How the words that were searched for were understood. */
  terms: QueryTerms
}
