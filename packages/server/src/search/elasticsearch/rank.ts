import type { estypes } from '@elastic/elasticsearch'
import type { QueryTerms } from '../analysis/index.js'
import { countedLength, rankedGroups, rankingWeights as weights } from '../ranking.js'
import { allOf, inFields, phrase, type TermField } from './text-query.js'

type Query = estypes.QueryDslQueryContainer

const titleFields: readonly TermField[] = ['title', 'titleCharacters']
const topicFields: readonly TermField[] = [...titleFields, 'keywords', 'concepts']

/** Gives what is found the score that ranking.ts describes: a sum of signs, each worth the same for every document. */
export function rank(found: Query, terms: QueryTerms): Query {
  const ranked = rankedGroups(terms)
  const all = ranked.reduce((sum, { importance }) => sum + importance, 0)
  const inTitle = ranked.map(({ group }) => inFields(group, titleFields))
  const signs: Query[] = [
    ...ranked.map(({ importance }, at) => worth(inTitle[at]!, (weights.inTitle * importance) / all)),
    worth(allOf(terms.groups.map((group) => inFields(group, topicFields))), weights.inTopic),
    worth(terms.titlePhrase.length > 1 ? phrase('titleCharacters', terms.titlePhrase) : inTitle[0]!, weights.phraseInTitle),
    coverage(allOf(inTitle), countedLength(terms.titlePhrase.length)),
  ]
  if (terms.titleKey !== '') signs.push(worth({ term: { titleKeys: terms.titleKey } }, weights.exactTitle))
  return {
    function_score: {
      query: { bool: { filter: [found], should: signs } },
      functions: [{ field_value_factor: { field: 'freshness', factor: weights.freshness } }],
      boost_mode: 'sum',
    },
  }
}

function worth(filter: Query, boost: number): Query {
  return { constant_score: { filter, boost } }
}

/** The share of the title that was typed, at most all of it. */
function coverage(filter: Query, length: number): Query {
  return {
    function_score: {
      query: worth(filter, weights.coverage),
      functions: [{ field_value_factor: { field: 'titleLength', factor: 1 / length, modifier: 'reciprocal' } }],
      max_boost: 1,
      boost_mode: 'multiply',
    },
  }
}
