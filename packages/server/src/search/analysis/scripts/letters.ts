/** One way to write a piece of a word in another script; the first is the commonest. */
export type Rewriting = readonly [from: string, ...to: string[]]

/** More spellings than these are not looked up. */
export const maxSpellings = 12

/** A table made ready: pieces by their first letter, long ones first. */
export type RewritingTable = ReadonlyMap<string, readonly Rewriting[]>

export function tableOf(rewritings: readonly Rewriting[]): RewritingTable {
  const table = new Map<string, Rewriting[]>()
  for (const rewriting of [...rewritings].sort((a, b) => b[0].length - a[0].length)) {
    const first = rewriting[0][0]!
    table.set(first, [...(table.get(first) ?? []), rewriting])
  }
  return table
}

/**
 * A word in another script, piece by piece, in every way that the table allows, the commonest first. Empty when a letter of it is not in
 * the table: the word is of another language.
 */
export function rewrite(word: string, table: RewritingTable): string[] {
  let spellings = ['']
  for (let at = 0; at < word.length; ) {
    const rewriting = table.get(word[at]!)?.find(([from]) => word.startsWith(from, at))
    if (!rewriting) return []
    const [from, ...to] = rewriting
    const next: string[] = []
    for (const ending of to) for (const spelling of spellings) if (next.length < maxSpellings) next.push(spelling + ending)
    spellings = next
    at += from.length
  }
  return spellings
}
