const vowel = /[aeiouy]/

/**
 * A light stem of an English word: plurals, -ing and -ed fall away (equations → equation, solving → solv).
 * Words of other languages in Latin letters pass through the same rules, the same way in index and query.
 */
export function englishStem(word: string): string {
  let stem = word
  for (;;) {
    const shorter = shorten(stem)
    if (shorter === stem) return stem
    stem = shorter
  }
}

function shorten(word: string): string {
  if (word.length < 4) return word
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:[sxz]|ch|sh)es$/.test(word) && word.length > 4) return word.slice(0, -2)
  if (word.endsWith('s') && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1)
  if (word.endsWith('ing')) return withoutEnding(word, 3)
  if (word.endsWith('ed')) return withoutEnding(word, 2)
  if (word.endsWith('e') && word.length > 4 && !word.endsWith('ee')) return word.slice(0, -1)
  return word
}

function withoutEnding(word: string, length: number): string {
  const rest = word.slice(0, -length)
  if (rest.length < 3 || rest.endsWith('e') || !vowel.test(rest)) return word
  return /([bdfgmnprt])\1$/.test(rest) ? rest.slice(0, -1) : rest
}
