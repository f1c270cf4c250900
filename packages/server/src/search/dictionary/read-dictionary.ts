import { fold } from '../analysis/fold.js'

/** A word that Chinese text is cut into. */
export interface DictionaryWord {
  /** Folded, as texts are when they are cut. */
  word: string
  /** How much the word is preferred to its parts: about how often it stands in sixty million words of text. */
  weight: number
}

/** A line of a dictionary that cannot be used. */
export interface DictionaryProblem {
  /** From 1. */
  line: number
  message: string
}

export const maxDictionaryWords = 50_000
const maxProblems = 20
const longestWord = 24
const largestWeight = 1_000_000
const han = /^\p{Script=Han}+$/u

/**
 * Reads words, one a line, each with a weight behind it or without. Lines that begin with # are remarks. Never throws; what cannot be read
 * is told, the first twenty of it.
 *
 * @param isList - Several words stand on each line, without weights.
 */
export function readDictionary(text: string, { isList = false } = {}): { words: DictionaryWord[]; problems: DictionaryProblem[] } {
  const words = new Map<string, DictionaryWord>()
  const problems: DictionaryProblem[] = []
  for (const [index, written] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = index + 1
    const trimmed = written.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const parts = trimmed.split(/\s+/)
    const entries = isList ? parts.map((part) => [part]) : [parts]
    for (const entry of entries) {
      const read = readWord(entry)
      if (typeof read === 'string') problems.push({ line, message: read })
      else words.set(read.word, read)
    }
    if (words.size > maxDictionaryWords) problems.push({ line, message: `there are more than ${maxDictionaryWords} words up to here` })
    if (problems.length >= maxProblems || words.size > maxDictionaryWords) break
  }
  return { words: [...words.values()], problems }
}

/** The word, or what is wrong with it. */
function readWord([written = '', weight, ...others]: readonly string[]): DictionaryWord | string {
  const shown = `'${written.length > 30 ? `${written.slice(0, 30)}…` : written}'`
  if (others.length > 0) return `has more than a word and a weight: ${shown} and ${others.length + 1} more`
  const word = fold(written).text
  if (!han.test(word)) return `${shown} is not written in Chinese characters alone`
  const length = [...word].length
  if (length < 2 || length > longestWord) return `${shown} has ${length} characters; a word has 2 to ${longestWord}`
  if (weight === undefined) return { word, weight: usualWeight(length) }
  if (!/^\d{1,7}$/.test(weight) || Number(weight) < 1 || Number(weight) > largestWeight)
    return `the weight of ${shown} is '${weight.slice(0, 30)}'; it is a whole number from 1 to ${largestWeight}`
  return { word, weight: Number(weight) }
}

/** Two characters often meet without being a word (老师|说), more of them hardly do. */
function usualWeight(length: number): number {
  return length === 2 ? 100 : 3_000
}
