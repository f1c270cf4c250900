import type { QueryAlternative, QueryGroup } from '../analysis/index.js'
import type { TermTable } from './index-file.js'
import type { TermQuestion } from './match-expression.js'
import type { Matcher } from './matcher.js'
import type { RowSet } from './row-set.js'

/** Where a group of a query is answered: in the title; in the title or keywords and subjects; anywhere. Each holds the one before. */
export interface GroupRows {
  inTitle: RowSet
  inTopic: RowSet
  anywhere: RowSet
}

/** The rows that answer a group, by the kind of field that does. */
export function rowsOfGroup(group: QueryGroup, matcher: Matcher, end: number): GroupRows {
  const parts = group.anyOf.map((alternative) => rowsOfAlternative(alternative, (table, question) => matcher.rows(table, question, end)))
  return parts.reduce((one, other) => ({
    inTitle: one.inTitle.or(other.inTitle),
    inTopic: one.inTopic.or(other.inTopic),
    anywhere: one.anywhere.or(other.anywhere),
  }))
}

function rowsOfAlternative(
  { field, words, isPhrase, isPrefix }: QueryAlternative,
  ask: (table: TermTable, question: TermQuestion) => RowSet,
): GroupRows {
  const sequences = isPhrase ? [words] : words.map((word) => [word])
  const parts = sequences.map((sequence, index): GroupRows => {
    const question = { words: sequence, ...(isPrefix && index === sequences.length - 1 ? { isPrefix } : {}) }
    if (field !== 'any') {
      const rows = ask('title_terms', { ...question, column: field === 'title' ? 'title' : 'characters' })
      return { inTitle: rows, inTopic: rows, anywhere: rows }
    }
    const inTitle = ask('title_terms', question)
    const inTopic = inTitle.or(ask('topic_terms', question))
    return { inTitle, inTopic, anywhere: inTopic.or(ask('other_terms', question)) }
  })
  return parts.reduce((one, other) => ({
    inTitle: one.inTitle.and(other.inTitle),
    inTopic: one.inTopic.and(other.inTopic),
    anywhere: one.anywhere.and(other.anywhere),
  }))
}
