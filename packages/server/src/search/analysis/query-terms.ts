import { cutForQuery } from './han-words.js'
import { queryPartsOf } from './query-parts.js'
import { charactersOf, characterTermsOf, toTerm, wordTermOf } from './run-terms.js'
import { type Run, runsOf } from './runs.js'
import { stopWords } from './stop-words.js'
import { titleKeyOf } from './title-key.js'

/** One way in which a resource can answer a group. All of `words` must be there. */
export interface QueryAlternative {
  /** `any`: each word in any field; `title`: in the title; `titleCharacters`: in the field of single characters. */
  field: 'any' | 'title' | 'titleCharacters'
  words: string[]
  /** The words stand next to each other, in this order, in one field. */
  isPhrase?: true
  /** The last word is the beginning of a word. */
  isPrefix?: true
}

/** A word that was asked for. A resource answers it when one of the alternatives holds. */
export interface QueryGroup {
  /** The words as they were typed, folded. */
  text: string
  anyOf: QueryAlternative[]
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
  /** Nothing was typed: everything matches. When false and `groups` and `exclude` are empty, nothing matches. */
  isBlank: boolean
}

/** Of a longer query the first words count: enough for a pasted title, little enough for every engine. */
const maxGroups = 24
const maxQueryLength = 10_000
const maxPhraseLength = 32
/** Scripts of languages that mark case and number by endings: a longer word also finds its forms with endings. */
const inflected = /^[\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Mongolian}]{4,}$/u

/** What a typed text asks for, the same for every engine. Pure and deterministic; never throws, for any text. */
export function analyzeQuery(text: string): QueryTerms {
  const groups: QueryGroup[] = []
  const exclude: QueryGroup[] = []
  const plainRuns: Run[] = []
  for (const part of queryPartsOf(text.slice(0, maxQueryLength))) {
    const runs = runsOf(part.text)
    const found = part.isPhrase ? phraseGroups(runs) : wordGroups(runs)
    if (part.isExcluded) exclude.push(...found)
    else {
      groups.push(...found)
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

function wordGroups(runs: readonly Run[]): QueryGroup[] {
  const groups: QueryGroup[] = []
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at]!
    if (run.kind === 'han') groups.push(...hanGroups(run))
    else if (run.kind === 'characters') groups.push(charactersGroup(run))
    else if (run.kind === 'syllable') {
      const syllables = [run]
      while (runs[at + 1]?.isJoined && syllables.length < maxPhraseLength) syllables.push(runs[++at]!)
      groups.push(phraseGroup(syllables.map(wordTermOf)))
    } else groups.push(wordGroup(run))
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
function hanGroups(run: Run): QueryGroup[] {
  const groups: QueryGroup[] = []
  let single: string[] = []
  const flush = () => {
    if (single.length > 0) groups.push(hanGroup(single))
    single = []
  }
  for (const word of cutForQuery(run.text)) {
    if ([...word].length === 1 && !stopWords.has(word)) {
      if (single.length === maxPhraseLength) flush()
      single.push(word)
    } else {
      flush()
      groups.push(hanGroup([toTerm(word)]))
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

function withoutStopWords(groups: QueryGroup[]): QueryGroup[] {
  const meaningful = groups.filter((group) => !stopWords.has(group.text))
  return meaningful.length > 0 ? meaningful : groups
}

function distinct(groups: QueryGroup[]): QueryGroup[] {
  return [...new Map(groups.map((group) => [group.text, group])).values()]
}
