import type { estypes } from '@elastic/elasticsearch'
import type { QueryAlternative, QueryGroup, QueryTerms } from '../analysis/index.js'

type Query = estypes.QueryDslQueryContainer

/** Fields of terms. */
export type TermField = 'title' | 'titleCharacters' | 'concepts' | 'keywords' | 'people' | 'description'

const everywhere: readonly TermField[] = ['title', 'concepts', 'keywords', 'people', 'description']

/**
 * What has to be in a resource for it to be found: every group in some field, and no excluded group. Only terms of our own analysis get
 * in, so no typed text means anything to the query language.
 */
export function toTextQuery({ groups, exclude, isBlank }: QueryTerms): Query {
  if (isBlank) return { match_all: {} }
  if (groups.length === 0 && exclude.length === 0) return { match_none: {} }
  const found = groups.map((group) =>
    anyOf(group.anyOf.map((one) => toAlternativeQuery(one, one.field === 'any' ? everywhere : [one.field]))),
  )
  return { bool: { filter: found.length > 0 ? found : [{ match_all: {} }], must_not: exclude.map(anywhere) } }
}

function anywhere(group: QueryGroup): Query {
  return anyOf(group.anyOf.map((one) => toAlternativeQuery(one, one.field === 'any' ? everywhere : [one.field])))
}

/** The group in one of these fields, whatever field its alternatives name. */
export function inFields(group: QueryGroup, fields: readonly TermField[]): Query {
  return anyOf(group.anyOf.map((one) => toAlternativeQuery(one, fields)))
}

/** These terms next to each other in one field. */
export function phrase(field: TermField, words: readonly string[]): Query {
  return words.length === 1 ? { term: { [field]: words[0]! } } : { match_phrase: { [field]: words.join(' ') } }
}

function toAlternativeQuery({ words, isPhrase, isPrefix }: QueryAlternative, fields: readonly TermField[]): Query {
  if (isPhrase)
    return anyOf(fields.map((field) => (isPrefix ? { match_phrase_prefix: { [field]: words.join(' ') } } : phrase(field, words))))
  return allOf(
    words.map((word, at) => {
      const kind = isPrefix && at === words.length - 1 ? 'prefix' : 'term'
      return anyOf(fields.map((field): Query => (kind === 'prefix' ? { prefix: { [field]: word } } : { term: { [field]: word } })))
    }),
  )
}

export function anyOf(queries: readonly Query[]): Query {
  return queries.length === 1 ? queries[0]! : { bool: { should: [...queries], minimum_should_match: 1 } }
}

export function allOf(queries: readonly Query[]): Query {
  return queries.length === 1 ? queries[0]! : { bool: { filter: [...queries] } }
}
