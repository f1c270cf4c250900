import type { estypes } from '@elastic/elasticsearch'
import type { QueryGroup, QueryTerms } from '../analysis/index.js'
import { countedLength, facetGroups, type RankingWeights, rankedGroups } from '../ranking.js'
import { allOf, anyOf, inFacets, inFields, phrase, type TermField } from './text-query.js'

type Query = estypes.QueryDslQueryContainer

const titleFields: readonly TermField[] = ['title']
const topicFields: readonly TermField[] = [...titleFields, 'keywords', 'concepts']

/** Gives what is found the score that ranking.ts describes: a sum of signs, each worth the same for every document. */
export function rank(found: Query, terms: QueryTerms, weights: RankingWeights): Query {
  const ranked = rankedGroups(terms)
  const all = ranked.reduce((sum, { importance }) => sum + importance, 0)
  const inTitle = ranked.map(({ group }) => inFields(ownNames(group), titleFields))
  const fittingFacets = facetGroups(terms)
  const signs: Query[] = [
    ...ranked.map(({ importance }, at) => worth(inTitle[at], (weights.inTitle * importance) / all)),
    worth(allOf(terms.groups.map(inTopic)), weights.inTopic),
    coverage(allOf(inTitle), countedLength(terms.titlePhrase.length), weights.coverage),
    ...fittingFacets.map(({ facets }) => worth(inFacets(facets), weights.fitsFacets / fittingFacets.length)),
    ...(terms.languages ?? []).map(({ language, worth: boost }) => worth(inLanguage(language), boost)),
  ]
  if (terms.titlePhrase.length > 0)
    signs.push(worth(allOf([phrase('titleCharacters', terms.titlePhrase), ...inTitle]), weights.phraseInTitle))
  if (terms.titleKey !== '') signs.push(worth({ term: { titleKeys: terms.titleKey } }, weights.exactTitle))
  return {
    function_score: {
      query: { bool: { filter: [found], should: signs } },
      functions: [
        { field_value_factor: { field: 'freshness', factor: weights.freshness } },
        { field_value_factor: { field: 'standing', factor: weights.standing } },
      ],
      score_mode: 'sum',
      boost_mode: 'sum',
    },
  }
}

function ownNames(group: QueryGroup): QueryGroup {
  return { ...group, anyOf: group.anyOf.filter((alternative) => !alternative.isOtherName) }
}

function inTopic(group: QueryGroup): Query {
  const words = inFields(group, topicFields)
  return group.facets ? anyOf([words, inFacets(group.facets)]) : words
}

/** A tag of the language, in whatever script or country; the same as isInLanguage. */
function inLanguage(language: string): Query {
  return anyOf([{ term: { 'facets.language': language } }, { prefix: { 'facets.language': `${language}-` } }])
}

function worth(filter: Query, boost: number): Query {
  return { constant_score: { filter, boost } }
}

/** The share of the title that was typed, at most all of it. */
function coverage(filter: Query, length: number, boost: number): Query {
  return {
    function_score: {
      query: worth(filter, boost),
      functions: [{ field_value_factor: { field: 'titleLength', factor: 1 / length, modifier: 'reciprocal' } }],
      max_boost: 1,
      boost_mode: 'multiply',
    },
  }
}
