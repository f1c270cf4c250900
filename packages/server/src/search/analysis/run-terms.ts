import { englishStem } from './english-stem.js'
import { cutForIndex } from './han-words.js'
import type { Run } from './runs.js'
import { withoutCase } from './tibetan-words.js'

/** Longer words are cut: no dictionary has them, and both engines limit the length of a term. */
const maxTermLength = 64
/** Halves of characters beyond the first plane: Chinese characters of the first one carry no marks. */
const surrogate = /[\ud800-\udfff]/
const englishWord = /^[a-z]{4,}$/

/** The terms of a run as the index keeps them. */
export function indexTermsOf(run: Run): readonly string[] {
  if (run.kind === 'han') return run.text.length <= maxTermLength ? cutForIndex(run.text) : cutForIndex(run.text).map(toTerm)
  if (run.kind === 'characters') return run.text.length === 1 ? [run.text] : [...charactersOf(run), toTerm(run.text)]
  return [wordTermOf(run)]
}

/** What a run gives to the field of single characters: each character of scripts without spaces, other words as they are. */
export function characterTermsOf(run: Run): string[] {
  return run.kind === 'han' || run.kind === 'characters' ? charactersOf(run) : [wordTermOf(run)]
}

/** The term of a run of kind `word` or `syllable`. */
export function wordTermOf(run: Run): string {
  if (run.kind === 'syllable') return toTerm(withoutCase(run.text))
  return toTerm(englishWord.test(run.text) ? englishStem(run.text) : run.text)
}

/** The characters of a run, combining marks left on the character before them. */
export function charactersOf(run: Run): string[] {
  if (run.kind === 'han' && !surrogate.test(run.text)) return run.text.split('')
  return run.text.match(/\P{M}\p{M}{0,8}|\p{M}/gu) ?? []
}

/** A term no longer than an index takes. */
export function toTerm(word: string): string {
  if (word.length <= maxTermLength) return word
  const last = word.charCodeAt(maxTermLength - 1)
  const splitsPair = last >= 0xd800 && last <= 0xdbff
  return word.slice(0, splitsPair ? maxTermLength - 1 : maxTermLength)
}
