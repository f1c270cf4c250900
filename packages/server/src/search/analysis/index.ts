export { fold } from './fold.js'
export { analyzeForIndex, type IndexTerms } from './index-terms.js'
export { charactersTyped, pinyinKeysOf, readingsOf, typedPinyin } from './pinyin.js'
export { analyzePrefix } from './prefix-terms.js'
export {
  alternativesOf,
  analyzeQuery,
  type PreferredLanguage,
  type QueryAlternative,
  type QueryGroup,
  type QueryTerms,
  type SoftFacet,
} from './query-terms.js'
