import type { QueryAlternative, QueryGroup } from '../analysis/index.js'

/** Fields that say what a resource is about, as against descriptions and people. */
const topicColumns = '{title characters keys keywords concepts}'
const titleColumns = '{title characters keys}'

/** The group anywhere in a document. Terms hold no quotation marks (analysis sees to it), so quoting them is enough. */
export function anywhere(group: QueryGroup): string {
  return group.anyOf.map(alternative).join(' OR ')
}

export function inTitle(group: QueryGroup): string {
  return `${titleColumns} : (${anywhereIn(group)})`
}

export function inTopic(group: QueryGroup): string {
  return `${topicColumns} : (${anywhereIn(group)})`
}

/** All of these hold. */
export function allOf(expressions: readonly string[]): string {
  return expressions.map((expression) => `(${expression})`).join(' AND ')
}

/** These terms next to each other in a title; the last may be the beginning of a word. */
export function titlePhrase(words: readonly string[], options: { isPrefix?: boolean; isAtStart?: boolean } = {}): string {
  return `characters : ${options.isAtStart ? '^ ' : ''}${quoted(words)}${options.isPrefix ? ' *' : ''}`
}

export function titleKey(key: string): string {
  return `keys : ${quoted([key])}`
}

function alternative({ field, words, isPhrase, isPrefix }: QueryAlternative): string {
  const column = field === 'any' ? '' : field === 'title' ? 'title : ' : 'characters : '
  const star = isPrefix ? ' *' : ''
  if (isPhrase) return `(${column}${quoted(words)}${star})`
  return `(${words.map((word, index) => `${column}${quoted([word])}${index === words.length - 1 ? star : ''}`).join(' AND ')})`
}

/** Without columns of its own: FTS5 takes no column filter inside another one that excludes it. */
function anywhereIn(group: QueryGroup): string {
  return group.anyOf.map((one) => alternative({ ...one, field: 'any' })).join(' OR ')
}

function quoted(words: readonly string[]): string {
  return `"${words.join(' ').replaceAll('"', '""')}"`
}
