import type { Highlight, LanguageMap, LearningResource } from '@edufed/sdk/schemas'
import type { QueryTerms } from './analysis/index.js'
import { createTermMatcher, type MatchedText, type TermMatcher } from './analysis/match-terms.js'

/** Longest passage of a description, in UTF-16 units. */
const passageLength = 160
/** How much of a passage stands before its first match. */
const leadLength = 40

/** A page has many hits of one query. */
const matchers = new WeakMap<QueryTerms, TermMatcher>()

/**
 * The parts of a resource's name and description that a query matched, cut from the stored text: a traditional title is
 * shown as it is when a simplified query found it.
 *
 * @param lang - Preferred among texts that match equally well.
 * @returns A field is absent when nothing in it matched.
 */
export function highlight(resource: LearningResource, query: QueryTerms, lang: string): { name?: Highlight; description?: Highlight } {
  if (query.groups.length === 0) return {}
  const matcher = matcherOf(query)
  const highlights: { name?: Highlight; description?: Highlight } = {}
  const name = bestMatch(resource.name, matcher, lang)
  if (name) highlights.name = { language: name.language, fragments: fragmentsOf(name, 0, name.text.length) }
  const description = resource.description && bestMatch(resource.description, matcher, lang)
  if (description) {
    const { start, end } = passageOf(description)
    highlights.description = { language: description.language, fragments: fragmentsOf(description, start, end) }
  }
  return highlights
}

function matcherOf(query: QueryTerms): TermMatcher {
  let matcher = matchers.get(query)
  if (!matcher) {
    matcher = createTermMatcher(query)
    matchers.set(query, matcher)
  }
  return matcher
}

interface BestMatch extends MatchedText {
  language: string
  text: string
}

function bestMatch(map: LanguageMap, matcher: TermMatcher, lang: string): BestMatch | undefined {
  let best: BestMatch | undefined
  let bestValue = 0
  for (const [language, text] of Object.entries(map)) {
    const matched = matcher(text)
    if (matched.groups === 0) continue
    const value = matched.groups * 4 + closeness(language, lang)
    if (value > bestValue) {
      best = { ...matched, language, text }
      bestValue = value
    }
  }
  return best
}

function closeness(language: string, wanted: string): number {
  if (language.toLowerCase() === wanted.toLowerCase()) return 2
  return language.split('-')[0] === wanted.split('-')[0] ? 1 : 0
}

function fragmentsOf({ text, ranges }: BestMatch, from: number, until: number): Highlight['fragments'] {
  const fragments: Highlight['fragments'] = []
  const add = (start: number, end: number, isMatch: boolean) => {
    if (end > start) fragments.push({ text: text.slice(start, end), isMatch })
  }
  let at = from
  for (const { start, end } of ranges) {
    if (end <= from || start >= until) continue
    add(at, Math.max(start, at), false)
    add(Math.max(start, from), Math.min(end, until), true)
    at = Math.min(end, until)
  }
  add(at, until, false)
  return fragments
}

function passageOf({ text, ranges }: BestMatch): { start: number; end: number } {
  if (text.length <= passageLength) return { start: 0, end: text.length }
  const first = ranges[0]!.start
  const start = first <= leadLength ? 0 : cutBefore(text, first - leadLength, first)
  const limit = Math.min(text.length, start + passageLength)
  return { start, end: limit === text.length ? limit : cutAfter(text, limit, Math.max(start + 1, limit - leadLength)) }
}

const space = /\s/
const insideCluster = /[\p{M}\udc00-\udfff\u200d]/u

/** The first place behind a space, or the first whole character. */
function cutBefore(text: string, from: number, until: number): number {
  for (let at = from; at < until; at++) if (space.test(text[at - 1]!)) return at
  let at = from
  while (at < until && insideCluster.test(text[at]!)) at++
  return at
}

/** The last place before a space, or behind the last whole character. */
function cutAfter(text: string, from: number, until: number): number {
  for (let at = from; at > until; at--) if (space.test(text[at]!)) return at
  let at = from
  while (at > until && insideCluster.test(text[at]!)) at--
  return at
}
