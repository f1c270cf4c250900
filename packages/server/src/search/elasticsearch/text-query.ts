import type { estypes } from '@elastic/elasticsearch'
import type { QueryAlternative, QueryGroup, QueryTerms, SoftFacet } from '../analysis/index.js'

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
  const found = groups.map(toGroupQuery)
  return { bool: { filter: found.length > 0 ? found : [{ match_all: {} }], must_not: exclude.map(toGroupQuery) } }
}

/** The group in some field, or as a value of its facets. */
export function toGroupQuery(group: QueryGroup): Query {
  const words = group.anyOf.map((one) => toAlternativeQuery(one, one.field === 'any' ? everywhere : [one.field]))
  return anyOf(group.facets ? [...words, inFacets(group.facets)] : words)
}

/** The group in one of these fields, or in the field that an alternative names. */
export function inFields(group: QueryGroup, fields: readonly TermField[]): Query {
  return anyOf(group.anyOf.map((one) => toAlternativeQuery(one, one.field === 'any' ? fields : [one.field])))
}

/** A value of one of the facets. */
export function inFacets(facets: readonly SoftFacet[]): Query {
  return anyOf(facets.map(({ name, values }): Query => ({ terms: { [`facets.${name}`]: values } })))
}

/** These terms next to each other in one field. */
export function phrase(field: TermField, words: readonly string[]): Query {
  return words.length === 1 ? { term: { [field]: words[0]! } } : { match_phrase: { [field]: words.join(' ') } }
}

function toAlternativeQuery({ words, isPhrase, isPrefix, isAnyWord }: QueryAlternative, fields: readonly TermField[]): Query {
  if (isAnyWord)
    return anyOf(
      fields.flatMap((field): Query[] =>
        isPrefix ? words.map((word) => ({ prefix: { [field]: word } })) : [{ terms: { [field]: [...words] } }],
      ),
    )
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
