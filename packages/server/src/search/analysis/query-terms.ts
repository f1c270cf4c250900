import type { FacetName } from '@edufed/sdk/schemas'
import { cutForQuery } from './han-words.js'
import { queryPartsOf } from './query-parts.js'
import { askingWords } from './question-words.js'
import { charactersOf, characterTermsOf, toTerm, wordTermOf } from './run-terms.js'
import { type Run, runsOf } from './runs.js'
import { stopWords } from './stop-words.js'
import { tibetanWords } from './tibetan-words.js'
import { titleKeyOf } from './title-key.js'

/** One way in which a resource can answer a group. All of `words` must be there, unless one is said to be enough. */
export interface QueryAlternative {
  /** `any`: each word in any field; `title`: in the title; `titleCharacters`: in the field of single characters. */
  field: 'any' | 'title' | 'titleCharacters'
  words: string[]
  /** One of the words is enough; with `isPrefix` each is the beginning of a word. */
  isAnyWord?: true
  /** The words stand next to each other, in this order, in one field. */
  isPhrase?: true
  /** The last word is the beginning of a word. */
  isPrefix?: true
  /** What was asked for by another name, e.g. in another language: in a title it counts no more than as a keyword. */
  isOtherName?: true
}

/** A word that was asked for. A resource answers it when one of the alternatives holds. */
export interface QueryGroup {
  /** The words as they were typed, folded. */
  text: string
  anyOf: QueryAlternative[]
  /** A value of one of these facets answers the group as well as its words do. */
  facets?: SoftFacet[]
  /** Where the words stand in the query as it was typed; absent for quotations. */
  typed?: { start: number; end: number }
  /** The words ask, or join others: they are left out of a query that has other words. */
  isLittle?: boolean
}

/** What a group of words was recognised as: a resource answers it when it has one of the values. */
export interface SoftFacet {
  name: FacetName
  values: string[]
}

/** A query as engines ask it: every group must be answered, no excluded group may be. */
export interface QueryTerms {
  groups: QueryGroup[]
  /** Words typed behind a minus sign. */
  exclude: QueryGroup[]
  /** Equal to one of {@link IndexTerms.titleKeys} when the query is a whole title; empty when there is nothing to find. */
  titleKey: string
  /** The query as terms of {@link IndexTerms.titleCharacters}; as a phrase there it means: the title holds these very words. */
  titlePhrase: string[]
  /** Languages whose resources stand before others that match as well. */
  languages?: PreferredLanguage[]
  /** Nothing was typed: everything matches. When false and `groups` and `exclude` are empty, nothing matches. */
  isBlank: boolean
}

/** A language by its primary subtag, and what a resource in it is worth more. */
export interface PreferredLanguage {
  language: string
  worth: number
}

/** Replaces groups of neighbouring words by groups that more resources can answer. */
export type ExpandGroups = (groups: readonly QueryGroup[], query: string) => QueryGroup[]

/** Of a longer query the first words count: enough for a pasted title, little enough for every engine. */
const maxGroups = 24
const maxQueryLength = 10_000
const maxPhraseLength = 32
/** Scripts of languages that mark case and number by endings: a longer word also finds its forms with endings. */
export const inflected = /^[\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Mongolian}]{4,}$/u

/** What a typed text asks for, the same for every engine. Pure and deterministic; never throws, for any text. */
export function analyzeQuery(text: string, expand?: ExpandGroups): QueryTerms {
  const groups: QueryGroup[] = []
  const exclude: QueryGroup[] = []
  const plainRuns: Run[] = []
  for (const part of queryPartsOf(text.slice(0, maxQueryLength))) {
    const runs = runsOf(part.text)
    const found = part.isPhrase ? phraseGroups(runs) : wordGroups(runs, part.start)
    if (part.isExcluded) exclude.push(...found)
    else {
      groups.push(...(expand && !part.isPhrase ? expand(found.slice(0, maxGroups * 2), text) : found))
      plainRuns.push(...runs)
    }
  }
  return {
    groups: distinct(withoutStopWords(groups)).slice(0, maxGroups),
    exclude: distinct(exclude).slice(0, maxGroups),
    titleKey: titleKeyOf(plainRuns),
    titlePhrase: plainRuns.slice(0, maxPhraseLength).flatMap(characterTermsOf).slice(0, maxPhraseLength),
    isBlank: text.trim() === '',
  }
}

function wordGroups(runs: readonly Run[], offset: number): QueryGroup[] {
  const groups: QueryGroup[] = []
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at]!
    const typed = { start: offset + run.start, end: offset + run.end }
    if (run.kind === 'han') groups.push(...hanGroups(run, offset))
    else if (run.kind === 'characters') groups.push({ ...charactersGroup(run), typed })
    else if (run.kind === 'syllable') {
      const joined = [run]
      while (runs[at + 1]?.isJoined && joined.length < maxPhraseLength) joined.push(runs[++at]!)
      groups.push(...tibetanWords(joined).map((word) => syllableGroup(word, offset)))
    } else groups.push({ ...wordGroup(run), typed })
  }
  return groups
}

function wordGroup(run: Run): QueryGroup {
  const word = wordTermOf(run)
  const anyOf: QueryAlternative[] = [{ field: 'any', words: [word] }]
  if (inflected.test(word)) anyOf.push({ field: 'any', words: [word], isPrefix: true })
  return { text: run.text, anyOf }
}

/** Dictionary words by themselves; single characters that the dictionary could not join stay together (梁|衡). */
function hanGroups(run: Run, offset: number): QueryGroup[] {
  const groups: QueryGroup[] = []
  let single: string[] = []
  let at = run.from
  const add = (words: string[], isLittle = false) => {
    const start = run.offsets[at]!
    at += words.join('').length
    const typed = { start: offset + start, end: offset + run.offsets[at]! }
    groups.push({ ...hanGroup(words.map(toTerm)), typed, ...(isLittle ? { isLittle } : {}) })
  }
  const flush = () => {
    if (single.length > 0) add(single)
    single = []
  }
  const words = cutForQuery(run.text)
  const asks = askingWords(words)
  for (const [index, word] of words.entries()) {
    if (asks[index]) {
      flush()
      add([word], true)
    } else if ([...word].length === 1 && !stopWords.has(word)) {
      if (single.length === maxPhraseLength) flush()
      single.push(word)
    } else {
      flush()
      add([word])
    }
  }
  flush()
  return groups
}

function hanGroup(words: string[]): QueryGroup {
  const text = words.join('')
  const anyOf: QueryAlternative[] = [words.length > 1 ? { field: 'any', words, isPhrase: true } : { field: 'any', words }]
  anyOf.push(charactersInTitle([...text]))
  return { text, anyOf }
}

function charactersGroup(run: Run): QueryGroup {
  const characters = charactersOf(run).slice(0, maxPhraseLength)
  return {
    text: run.text,
    anyOf: [{ field: 'any', words: characters, ...(characters.length > 1 ? { isPhrase: true } : {}) }, charactersInTitle(characters)],
  }
}

function charactersInTitle(characters: string[]): QueryAlternative {
  return { field: 'titleCharacters', words: characters, ...(characters.length > 1 ? { isPhrase: true } : {}) }
}

/** How a resource can hold a given text: the ways in which a quoted one is found. Empty for a text without letters and digits. */
export function alternativesOf(text: string): QueryAlternative[] {
  return phraseGroups(runsOf(text)).flatMap((group) => group.anyOf)
}

/** A quoted part: words stand together; Chinese may stand together in the title or be all there as words. */
function phraseGroups(runs: readonly Run[]): QueryGroup[] {
  if (runs.every((run) => run.kind === 'word' || run.kind === 'syllable')) {
    return runs.length === 0 ? [] : [phraseGroup(runs.slice(0, maxPhraseLength).map(wordTermOf))]
  }
  const words = runs.flatMap((run) => (run.kind === 'han' ? cutForQuery(run.text).map(toTerm) : characterTermsOf(run)))
  const characters = runs.flatMap(characterTermsOf).slice(0, maxPhraseLength)
  return [
    {
      text: runs.map((run) => run.text).join(' '),
      anyOf: [{ field: 'any', words: words.slice(0, maxPhraseLength) }, charactersInTitle(characters)],
    },
  ]
}

function phraseGroup(words: string[]): QueryGroup {
  return { text: words.join(' '), anyOf: [words.length > 1 ? { field: 'any', words, isPhrase: true } : { field: 'any', words }] }
}

/** The particles of case are written into the last syllable: པོ, པོའི. */
function syllableGroup({ syllables, isLittle }: { syllables: Run[]; isLittle: boolean }, offset: number): QueryGroup {
  const { text, anyOf } = phraseGroup(syllables.map(wordTermOf))
  return {
    text,
    anyOf: [...anyOf, ...anyOf.map((alternative): QueryAlternative => ({ ...alternative, isPrefix: true }))],
    typed: { start: offset + syllables[0]!.start, end: offset + syllables.at(-1)!.end },
    ...(isLittle ? { isLittle } : {}),
  }
}

function withoutStopWords(groups: QueryGroup[]): QueryGroup[] {
  const meaningful = groups.filter((group) => group.isLittle !== true && !stopWords.has(group.text))
  return meaningful.length > 0 ? meaningful : groups
}

function distinct(groups: QueryGroup[]): QueryGroup[] {
  return [...new Map(groups.map((group) => [group.text, group])).values()]
}
