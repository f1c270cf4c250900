import type { QueryAlternative, QueryGroup, SoftFacet } from '../analysis/index.js'
import { type Columns, columnNames } from './columns.js'
import type { TermTable } from './index-file.js'
import type { TermQuestion } from './match-expression.js'
import type { Matcher } from './matcher.js'
import { RowSet } from './row-set.js'

/** Where a group of a query is answered: in the title; in the title or keywords and subjects; anywhere. Each holds the one before. */
export interface GroupRows {
  inTitle: RowSet
  inTopic: RowSet
  anywhere: RowSet
  /** Rows that have a value of the facet that the group names. */
  fitting?: RowSet
}

/** The rows that answer a group, by the kind of field that does. */
export function rowsOfGroup(group: QueryGroup, matcher: Matcher, columns: Columns): GroupRows {
  const { end } = columns
  const parts = group.anyOf.map((alternative) => {
    const found = rowsOfAlternative(alternative, (table, question) => matcher.rows(table, question, end))
    return alternative.isOtherName ? { ...found, inTitle: new RowSet(0) } : found
  })
  const rows = parts.reduce((one, other) => ({
    inTitle: one.inTitle.or(other.inTitle),
    inTopic: one.inTopic.or(other.inTopic),
    anywhere: one.anywhere.or(other.anywhere),
  }))
  if (!group.facets) return rows
  const fitting = rowsWithFacets(group.facets, columns)
  return { inTitle: rows.inTitle, inTopic: rows.inTopic.or(fitting), anywhere: rows.anywhere.or(fitting), fitting }
}

/** The rows that have a value of one of the facets. */
function rowsWithFacets(facets: readonly SoftFacet[], columns: Columns): RowSet {
  const rows = new RowSet(columns.end)
  for (const { name, values } of facets) {
    const column = columnNames.indexOf(name)
    const passes = Uint8Array.from(columns.values[column]!, (set) => (set?.some((value) => values.includes(value)) ? 1 : 0))
    const codes = columns.sets[column]!
    if (passes.includes(1)) for (let row = 0; row < columns.end; row++) if (passes[codes[row]!] === 1) rows.add(row)
  }
  return rows
}

function rowsOfAlternative(
  { field, words, isPhrase, isPrefix, isAnyWord }: QueryAlternative,
  ask: (table: TermTable, question: TermQuestion) => RowSet,
): GroupRows {
  const sequences = isPhrase || isAnyWord ? [words] : words.map((word) => [word])
  const parts = sequences.map((sequence, index): GroupRows => {
    const question = {
      words: sequence,
      ...(isPrefix && index === sequences.length - 1 ? { isPrefix } : {}),
      ...(isAnyWord ? { isAnyWord } : {}),
    }
    if (field !== 'any') {
      const rows = ask('title_terms', { ...question, column: field === 'title' ? 'title' : 'characters' })
      return { inTitle: rows, inTopic: rows, anywhere: rows }
    }
    // Not its characters: they are asked for by alternatives of their own.
    const inTitle = ask('title_terms', { ...question, column: 'title' })
    const inTopic = inTitle.or(ask('topic_terms', question))
    return { inTitle, inTopic, anywhere: inTopic.or(ask('other_terms', question)) }
  })
  return parts.reduce((one, other) => ({
    inTitle: one.inTitle.and(other.inTitle),
    inTopic: one.inTopic.and(other.inTopic),
    anywhere: one.anywhere.and(other.anywhere),
  }))
}
