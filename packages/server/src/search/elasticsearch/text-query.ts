import type { estypes } from '@elastic/elasticsearch'
import type { QueryAlternative, QueryGroup, QueryTerms } from '../analysis/index.js'

type Query = estypes.QueryDslQueryContainer

/** How much a term counts in each field. */
const weights = { title: 8, concepts: 4, keywords: 3, people: 2, description: 1 } as const
const titleCharactersWeight = 6
type TermField = keyof typeof weights
const termFields = Object.keys(weights) as TermField[]

/** The whole title is what was typed: before everything else. */
const exactTitleBoost = 1_000
/** The title holds what was typed, word for word. */
const titlePhraseBoost = 40
/** A word found only by its beginning counts as little as one in a description. */
const prefixWeight = 0.25

/**
 * What was typed as a query: every group has to match, in any field; where it matches gives the score.
 * Only terms of our own analysis get in, so no typed text means anything to the query language.
 */
export function toTextQuery(terms: QueryTerms): Query {
  if (terms.isBlank) return { match_all: {} }
  if (terms.groups.length === 0 && terms.exclude.length === 0) return { match_none: {} }
  const should: Query[] = []
  if (terms.titleKey !== '') should.push({ constant_score: { filter: { term: { titleKeys: terms.titleKey } }, boost: exactTitleBoost } })
  if (terms.titlePhrase.length > 1)
    should.push({ constant_score: { filter: phrase('titleCharacters', terms.titlePhrase), boost: titlePhraseBoost } })
  return {
    bool: {
      must: terms.groups.length > 0 ? terms.groups.map(toGroupQuery) : [{ match_all: {} }],
      must_not: terms.exclude.map(toGroupQuery),
      should,
    },
  }
}

/** A query for the resources that answer one group. */
export function toGroupQuery(group: QueryGroup): Query {
  return best(group.anyOf.map(toAlternativeQuery))
}

function toAlternativeQuery({ field, words, isPhrase, isPrefix }: QueryAlternative): Query {
  const fields = field === 'any' ? termFields : [field]
  if (isPhrase && isPrefix)
    return best(fields.map((name) => ({ match_phrase_prefix: { [name]: { query: words.join(' '), boost: weightOf(name) } } })))
  if (isPhrase) return best(fields.map((name) => phrase(name, words)))
  const clauses = words.map((word, at) =>
    best(fields.map((name) => (isPrefix && at === words.length - 1 ? prefix(name, word) : term(name, word)))),
  )
  return clauses.length === 1 ? clauses[0]! : { bool: { must: clauses } }
}

function term(field: string, value: string): Query {
  return { term: { [field]: { value, boost: weightOf(field) } } }
}

function prefix(field: string, value: string): Query {
  return { prefix: { [field]: { value, boost: weightOf(field) * prefixWeight } } }
}

function phrase(field: string, words: readonly string[]): Query {
  return { match_phrase: { [field]: { query: words.join(' '), boost: weightOf(field) } } }
}

function weightOf(field: string): number {
  return field in weights ? weights[field as TermField] : titleCharactersWeight
}

/** The best field decides; what is found in several gets a little more. */
function best(queries: Query[]): Query {
  return queries.length === 1 ? queries[0]! : { dis_max: { queries, tie_breaker: 0.1 } }
}
