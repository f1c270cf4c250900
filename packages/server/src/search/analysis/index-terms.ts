import type { Agent, Concept, LanguageMap, LearningResource } from '@edufed/sdk/schemas'
import { perDictionary } from '../dictionary/dictionary.js'
import { pinyinKeysOf } from './pinyin.js'
import { characterTermsOf, indexTermsOf } from './run-terms.js'
import { runsOf } from './runs.js'
import { titleKeyOf } from './title-key.js'

/**
 * What an index keeps of a resource, by field. Terms hold no spaces, quotes or ASCII punctuation, so fields may be stored
 * joined by spaces and cut at white space; order and repetitions are those of the text.
 */
export interface IndexTerms {
  /** Words of all names and alternate names, in every language. */
  title: string[]
  /** The same names as single characters (other scripts: words), for substrings: 二次方程 in 一元二次方程. */
  titleCharacters: string[]
  /** One key for each name, equal to {@link QueryTerms.titleKey} when the query is that name; and its {@link pinyinKeysOf}. */
  titleKeys: string[]
  /** Length of the shortest name, counted in terms of `titleCharacters`: a query that is most of a title ranks it higher. */
  titleLength: number
  /** Keywords, chapter names, names of wholes and parts, further identifiers. */
  keywords: string[]
  /** Labels of subject, stage, grade, edition, volume, type and audience in every language that the record has them in. */
  concepts: string[]
  description: string[]
  /** Creators, contributors, publishers, providers and their affiliations. */
  people: string[]
}

/** Of one text at most this many UTF-16 units are indexed, so that no record costs unbounded time. */
const maxTextLength = 20_000
const maxTexts = 200
/** Parts of a title with marks or spaces between them that are found by pinyin. */
const maxPinyinRuns = 3

/** The terms under which a resource is found, the same for every engine. Pure and deterministic; never throws. */
export function analyzeForIndex(resource: LearningResource): IndexTerms {
  const names = [...textsOf(resource.name), ...(resource.alternateName ?? []).flatMap(textsOf)].slice(0, maxTexts)
  const title: string[] = []
  const titleCharacters: string[] = []
  const titleKeys = new Set<string>()
  let titleLength = Number.POSITIVE_INFINITY
  for (const name of names) {
    const runs = runsOf(name.slice(0, maxTextLength))
    const before = titleCharacters.length
    let pinyinRuns = 0
    for (const run of runs) {
      const terms = indexTermsOf(run)
      title.push(...terms)
      titleCharacters.push(...characterTermsOf(run))
      if (run.kind !== 'han' || run.text.length === 1 || pinyinRuns++ >= maxPinyinRuns) continue
      for (const key of pinyinKeysOf(run.text, terms)) titleKeys.add(key)
    }
    titleKeys.add(titleKeyOf(runs))
    const length = titleCharacters.length - before
    if (length > 0) titleLength = Math.min(titleLength, length)
  }
  titleKeys.delete('')
  return {
    title,
    titleCharacters,
    titleKeys: [...titleKeys],
    titleLength: Number.isFinite(titleLength) ? titleLength : 0,
    keywords: termsOf([...keywordsOf(resource)]),
    concepts: termsOf(conceptsOf(resource).flatMap((concept) => textsOf(concept.prefLabel))),
    description: termsOf(textsOf(resource.description)),
    people: termsOf(agentsOf(resource).flatMap((agent) => [...textsOf(agent.name), ...textsOf(agent.affiliation)])),
  }
}

function* keywordsOf(resource: LearningResource): Generator<string> {
  for (const keyword of resource.keywords ?? []) yield keyword.value
  for (const chapter of resource.chapterPath ?? []) yield* textsOf(chapter.prefLabel)
  for (const reference of [...(resource.isPartOf ?? []), ...(resource.hasPart ?? [])]) yield* textsOf(reference.name)
  yield* textsOf(resource.translationOfWork?.name)
  for (const identifier of resource.identifier ?? []) yield identifier.value
}

function conceptsOf(resource: LearningResource): Concept[] {
  const lists = [resource.about, resource.educationalLevel, resource.learningResourceType, resource.audience]
  const concepts = lists.flatMap((list) => list ?? [])
  for (const concept of [resource.textbookEdition, resource.volume]) if (concept) concepts.push(concept)
  return concepts
}

function agentsOf(resource: LearningResource): Agent[] {
  const agents = [resource.creator, resource.contributor, resource.publisher].flatMap((list) => list ?? [])
  if (resource.provider) agents.push(resource.provider)
  return agents
}

function textsOf(map: LanguageMap | undefined): string[] {
  const texts = map ? Object.values(map) : []
  return texts.length > 1 ? [...new Set(texts)] : texts
}

function termsOf(texts: readonly string[]): string[] {
  const terms: string[] = []
  for (const text of texts.slice(0, maxTexts)) {
    // Not spread: a long text has more terms than a call takes arguments.
    for (const term of text.length <= maxRepeatedLength ? termsOfRepeated(text) : termsOfText(text)) terms.push(term)
  }
  return terms
}

/** Labels, keywords and names of schools come with thousands of records: their terms are kept. */
const repeatedTexts = perDictionary(() => new Map<string, readonly string[]>())
const maxRepeated = 20_000
const maxRepeatedLength = 40

function termsOfRepeated(text: string): readonly string[] {
  const repeated = repeatedTexts()
  let terms = repeated.get(text)
  if (!terms) {
    terms = termsOfText(text)
    if (repeated.size >= maxRepeated) repeated.clear()
    repeated.set(text, terms)
  }
  return terms
}

function termsOfText(text: string): string[] {
  const terms: string[] = []
  for (const run of runsOf(text.slice(0, maxTextLength))) for (const term of indexTermsOf(run)) terms.push(term)
  return terms
}
