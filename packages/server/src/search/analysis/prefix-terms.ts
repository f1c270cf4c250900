import { characterTermsOf } from './run-terms.js'
import { runsOf } from './runs.js'

const maxTextLength = 400
const maxWords = 32

/**
 * What was typed so far, as terms of {@link IndexTerms.titleCharacters} that stand next to each other. The last one is to be
 * looked up as the beginning of a word: a stem is the beginning of all its forms. Empty when there is nothing to find.
 */
export function analyzePrefix(text: string): string[] {
  return runsOf(text.slice(0, maxTextLength)).flatMap(characterTermsOf).slice(0, maxWords)
}
