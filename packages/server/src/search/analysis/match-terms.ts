import type { QueryTerms } from './query-terms.js'
import { characterTermsOf, wordTermOf } from './run-terms.js'
import { type Run, runsOf } from './runs.js'

/** Where a query matched in a text, as positions in that text, in order and without overlaps. */
export interface MatchedText {
  ranges: { start: number; end: number }[]
  /** How many of the query's groups matched. */
  groups: number
}

export type TermMatcher = (text: string) => MatchedText

/** Words to look for one behind the other, for the group with this number. */
interface Pattern {
  group: number
  words: string[]
  isPrefix: boolean
}

/** A place in a text where a term stands: a word, or one character of a script without spaces. */
interface Unit {
  term: string
  start: number
  end: number
}

const maxTextLength = 20_000

/** Finds the words of a query in stored texts, through the same folding as the index. */
export function createTermMatcher(query: QueryTerms): TermMatcher {
  const patterns = patternsOf(query)
  const byFirst = new Map<string, Pattern[]>()
  const prefixes: Pattern[] = []
  for (const pattern of patterns) {
    if (pattern.isPrefix) prefixes.push(pattern)
    else byFirst.set(pattern.words[0]!, [...(byFirst.get(pattern.words[0]!) ?? []), pattern])
  }
  return (text) => {
    const units = runsOf(text.slice(0, maxTextLength)).flatMap(unitsOf)
    const ranges: { start: number; end: number }[] = []
    const groups = new Set<number>()
    for (let at = 0; at < units.length; at++) {
      const candidates = byFirst.get(units[at]!.term) ?? []
      for (const pattern of candidates) {
        if (!pattern.words.every((word, index) => units[at + index]?.term === word)) continue
        groups.add(pattern.group)
        ranges.push({ start: units[at]!.start, end: units[at + pattern.words.length - 1]!.end })
      }
      for (const pattern of prefixes) {
        if (!units[at]!.term.startsWith(pattern.words[0]!)) continue
        groups.add(pattern.group)
        ranges.push({ start: units[at]!.start, end: units[at]!.end })
      }
    }
    return { ranges: merge(ranges), groups: groups.size }
  }
}

function patternsOf(query: QueryTerms): Pattern[] {
  const patterns: Pattern[] = []
  for (const [group, { anyOf }] of query.groups.entries()) {
    for (const { words, isPhrase, isPrefix } of anyOf) {
      const sequences = isPhrase ? [words] : words.map((word) => [word])
      for (const sequence of sequences) {
        const units = sequence.flatMap((word) => runsOf(word).flatMap(characterTermsOf))
        if (units.length > 0) patterns.push({ group, words: units, isPrefix: isPrefix === true && units.length === 1 })
      }
    }
  }
  return patterns
}

function unitsOf(run: Run): Unit[] {
  if (run.kind === 'word' || run.kind === 'syllable') return [{ term: wordTermOf(run), start: run.start, end: run.end }]
  let at = run.from
  return characterTermsOf(run).map((term) => {
    const start = run.offsets[at]!
    at += term.length
    return { term, start, end: run.offsets[at]! }
  })
}

function merge(ranges: { start: number; end: number }[]): { start: number; end: number }[] {
  const merged: { start: number; end: number }[] = []
  for (const range of ranges.sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1)
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end)
    else if (range.end > range.start) merged.push({ ...range })
  }
  return merged
}
