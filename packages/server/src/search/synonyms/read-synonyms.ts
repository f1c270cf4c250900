import { lexiconKey } from '../understanding/concept-lexicon.js'
import type { Synonyms } from '../understanding/understand-query.js'

/** Something in a list of synonyms that is left out. */
export interface SynonymProblem {
  /** Number of the line, or of the entry of a JSON list, from 1. */
  line: number
  message: string
}

export const maxSynonymLines = 20_000
const maxWordLength = 60
const maxOthers = 12
const betweenWords = /[,，、;；|]/
const arrow = /=>|→/

/**
 * Reads synonyms: a JSON list of lists of words, or text with a line for each list. In `a, b => c` the words on the left are also
 * found as those on the right, not the other way round. Lines that begin with # are remarks. Never throws; what cannot be read is told.
 */
export function readSynonyms(text: string): { synonyms: Map<string, string[]>; problems: SynonymProblem[] } {
  const problems: SynonymProblem[] = []
  const synonyms = new Map<string, string[]>()
  for (const { line, from, to } of rowsOf(text, problems)) {
    const tooLong = [...from, ...to].find((word) => word.length > maxWordLength)
    if (tooLong !== undefined) problems.push({ line, message: `'${tooLong.slice(0, 20)}…' is longer than ${maxWordLength} characters` })
    else if (new Set([...from, ...to].map(lexiconKey)).size < 2) problems.push({ line, message: 'needs at least two different words' })
    else if ([...from, ...to].some((word) => lexiconKey(word) === '')) problems.push({ line, message: 'has a word without letters' })
    else for (const word of from) add(synonyms, word, to)
  }
  return { synonyms, problems }
}

/** One list of synonyms behind another. */
export function joinSynonyms(...lists: readonly Synonyms[]): Synonyms {
  const joined = new Map<string, string[]>()
  for (const list of lists) for (const [key, others] of list) addOthers(joined, key, others)
  return joined
}

interface Row {
  line: number
  from: string[]
  to: string[]
}

function rowsOf(text: string, problems: SynonymProblem[]): Row[] {
  if (/^\s*[[{]/.test(text)) return rowsOfJson(text, problems)
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  if (lines.length > maxSynonymLines) problems.push({ line: maxSynonymLines + 1, message: `more than ${maxSynonymLines} lines` })
  return lines.slice(0, maxSynonymLines).flatMap((written, index) => {
    if (written.trim() === '' || written.trim().startsWith('#')) return []
    const [left = '', ...right] = written.split(arrow)
    if (right.length > 1) {
      problems.push({ line: index + 1, message: 'has more than one arrow' })
      return []
    }
    const from = wordsOf(left.split(betweenWords))
    return [{ line: index + 1, from, to: right[0] === undefined ? from : wordsOf(right[0].split(betweenWords)) }]
  })
}

function rowsOfJson(text: string, problems: SynonymProblem[]): Row[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    problems.push({ line: 1, message: `is not JSON: ${error instanceof Error ? error.message : String(error)}` })
    return []
  }
  if (!Array.isArray(value)) {
    problems.push({ line: 1, message: 'is not a list of lists of words' })
    return []
  }
  return value.slice(0, maxSynonymLines).flatMap((entry: unknown, index) => {
    if (Array.isArray(entry) && entry.every((word) => typeof word === 'string'))
      return [{ line: index + 1, from: wordsOf(entry), to: wordsOf(entry) }]
    problems.push({ line: index + 1, message: 'is not a list of words' })
    return []
  })
}

function wordsOf(parts: readonly string[]): string[] {
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function add(synonyms: Map<string, string[]>, word: string, others: readonly string[]): void {
  const key = lexiconKey(word)
  addOthers(
    synonyms,
    key,
    others.filter((other) => lexiconKey(other) !== key),
  )
}

function addOthers(synonyms: Map<string, string[]>, key: string, others: readonly string[]): void {
  const all = [...new Set([...(synonyms.get(key) ?? []), ...others])].slice(0, maxOthers)
  if (all.length > 0) synonyms.set(key, all)
}
