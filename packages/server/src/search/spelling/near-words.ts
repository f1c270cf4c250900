/** A word of titles, and in how many documents it stands. */
export interface KnownWord {
  word: string
  documents: number
}

const spelled = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}]{4,40}$/u
const maxNearWords = 3

/** True for words that can be misspelt by a letter: of four letters or more, in a script that writes words in letters. */
export function isSpelled(word: string): boolean {
  return spelled.test(word)
}

/** How many letters of a word may be wrong. */
export function allowedErrors(word: string): number {
  return word.length < 6 ? 1 : 2
}

/** The nearest of some words, those in most documents first; none when the word itself is among them. The first letter must be right. */
export function nearestWords(word: string, candidates: Iterable<KnownWord>, limit = maxNearWords): string[] {
  const near: (KnownWord & { errors: number })[] = []
  for (const candidate of candidates) {
    const errors = errorsBetween(word, candidate.word)
    if (errors === 0) return []
    if (errors !== undefined) near.push({ ...candidate, errors })
  }
  near.sort((a, b) => a.errors - b.errors || b.documents - a.documents || (a.word < b.word ? -1 : 1))
  return near.slice(0, limit).map((one) => one.word)
}

/**
 * Letters to add, leave out, change or swap to get from one word to the other; undefined when these are more than a slip, or the first
 * letters differ.
 */
export function errorsBetween(word: string, other: string): number | undefined {
  const most = allowedErrors(word)
  if (word[0] !== other[0] || Math.abs(word.length - other.length) > most) return undefined
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= word.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= other.length; j++) {
      const isSame = word[i - 1] === other[j - 1]
      let errors = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1))
      if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) errors = Math.min(errors, before[j - 2]! + 1)
      row.push(errors)
      least = Math.min(least, errors)
    }
    if (least > most) return undefined
    before = last
    last = row
  }
  const errors = last[other.length]!
  return errors <= most ? errors : undefined
}
