/**
 * The same text in memory of its own. A piece that was cut out of a page keeps the whole page in memory for as long as it lives,
 * so what outlives the page is copied.
 */
export function toOwnText(text: string): string {
  return text.split('').join('')
}
