export { type FoldedText, fold } from './fold.js'
export { analyzeForIndex, type IndexTerms } from './index-terms.js'
export { analyzePrefix } from './prefix-terms.js'
export { analyzeQuery, type QueryAlternative, type QueryGroup, type QueryTerms } from './query-terms.js'
