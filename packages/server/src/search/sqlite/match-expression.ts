/** A question that one full-text table answers. Terms hold no quotation marks (analysis sees to it), so quoting them is enough. */
export interface TermQuestion {
  words: readonly string[]
  /** Column of the table; absent: any. */
  column?: 'title' | 'characters' | 'keys'
  /** The last word is the beginning of a word. */
  isPrefix?: boolean
  /** The first word is the first of its column. */
  isAtStart?: boolean
}

/** The question in the language of FTS5: the words next to each other, in this order. */
export function toMatchExpression({ words, column, isPrefix, isAtStart }: TermQuestion): string {
  return `${column ? `${column} : ` : ''}${isAtStart ? '^ ' : ''}"${words.join(' ').replaceAll('"', '""')}"${isPrefix ? ' *' : ''}`
}
