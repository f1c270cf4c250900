/** A question that one full-text table answers. Terms hold no quotation marks (analysis sees to it), so quoting them is enough. */
export interface TermQuestion {
  words: readonly string[]
  /** Column of the table; absent: any. */
  column?: 'title' | 'characters' | 'keys'
  /** The last word is the beginning of a word. */
  isPrefix?: boolean
  /** One of the words is enough; with `isPrefix` each is the beginning of a word. */
  isAnyWord?: boolean
  /** The first word is the first of its column. */
  isAtStart?: boolean
}

/** The question in the language of FTS5: the words next to each other, in this order, or any of them. */
export function toMatchExpression({ words, column, isPrefix, isAnyWord, isAtStart }: TermQuestion): string {
  const place = `${column ? `${column} : ` : ''}${isAtStart ? '^ ' : ''}`
  const sequences = isAnyWord ? words : [words.join(' ')]
  const questions = sequences.map((sequence) => `"${sequence.replaceAll('"', '""')}"${isPrefix ? ' *' : ''}`)
  return questions.length === 1 ? `${place}${questions[0]}` : `${place}(${questions.join(' OR ')})`
}
