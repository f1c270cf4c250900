/** A piece of a query as it was typed. */
export interface QueryPart {
  text: string
  /** Where `text` begins in the query. */
  start: number
  /** Typed in quotation marks. */
  isPhrase: boolean
  /** Typed behind a minus sign. */
  isExcluded: boolean
}

const closing: Readonly<Record<string, string>> = { '"': '"', '＂': '"', '“': '”', '”': '”', '„': '“', '«': '»', '「': '」', '『': '』' }
const minus = new Set(['-', '－', '−'])

/**
 * Splits a query at quotation marks and minus signs. A mark that is not closed is read as if it were not there;
 * a minus sign counts only before a word and behind a space.
 */
export function queryPartsOf(query: string): QueryPart[] {
  const parts: QueryPart[] = []
  let plain = ''
  const flush = (end: number) => {
    if (plain.trim() !== '') parts.push({ text: plain, start: end - plain.length, isPhrase: false, isExcluded: false })
    plain = ''
  }
  for (let at = 0; at < query.length; ) {
    const isExcluded = minus.has(query[at]!) && (at === 0 || isSpace(query[at - 1]!)) && at + 1 < query.length && !isSpace(query[at + 1]!)
    const start = isExcluded ? at + 1 : at
    const end = phraseEnd(query, start)
    if (end !== undefined) {
      flush(at)
      parts.push({ text: query.slice(start + 1, end), start: start + 1, isPhrase: true, isExcluded })
      at = end + 1
    } else if (isExcluded) {
      flush(at)
      const wordEnd = endOfWord(query, start)
      parts.push({ text: query.slice(start, wordEnd), start, isPhrase: false, isExcluded })
      at = wordEnd
    } else plain += query[at++]
  }
  flush(query.length)
  return parts
}

/** Longer quotations are read as plain words. */
const maxQuotation = 400

function phraseEnd(query: string, start: number): number | undefined {
  const closes = closing[query[start] ?? '']
  if (!closes) return undefined
  const inside = query.slice(start + 1, start + 1 + maxQuotation)
  const length = closes === '"' ? inside.search(/["＂]/) : inside.search(new RegExp(`[${closes}${closes === '”' ? '“' : ''}]`))
  return length > 0 ? start + 1 + length : undefined
}

function endOfWord(query: string, start: number): number {
  let end = start
  while (end < query.length && !isSpace(query[end]!)) end++
  return end
}

function isSpace(character: string): boolean {
  return /\s/.test(character)
}
