import { decodeEntities } from './html-entities.js'

/** White space that may be folded. U+202F, U+180E and the variation selectors are left out: Mongolian is spelt with them. */
const space = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u205f\u3000]+/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const junk = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufeff]/g
/** Reasons to look closer: anything but letters and signs that stand alone, in no need of folding, decoding or composing. */
const untidy =
  /[^ -;=-~\u00a1-\u02ff\u0388-\u0482\u048a-\u0590\u05d0-\u060f\u061b-\u064a\u0671-\u06d5\u06ee-\u06ff\u1820-\u1878\u1e00-\u1eff\u200b-\u2027\u2030-\u205e\u3001-\u3029\u3030-\u3098\u309b-\ua48f\uac00-\ud7a3\uff01-\uffee]|&#?[a-zA-Z0-9]{1,10};| {2}|^ | $/
const surrogate = /[\ud800-\udfff]/
const tagName = /^\/?([a-zA-Z][a-zA-Z0-9:-]*)/
const inlineTags = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q rb rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
)
const hiddenTags = new Set(['script', 'style', 'template', 'noscript'])

/**
 * The text of a fragment of HTML, or of plain text: tags stripped, entities decoded, runs of white space folded to one space, NFC.
 * Marks that spell words (U+180E, U+202F, Mongolian variation selectors, joiners) are kept.
 */
export function toPlainText(raw: string): string {
  if (!untidy.test(raw)) return raw
  const withoutTags = raw.includes('<') ? stripTags(raw) : raw
  return tidy(decodeEntities(withoutTags))
}

function tidy(text: string): string {
  return (surrogate.test(text) ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text)
    .replace(space, ' ')
    .replace(junk, '')
    .replace(/ {2,}/g, ' ')
    .replace(/^ | $/g, '')
    .normalize('NFC')
}

function stripTags(html: string): string {
  const parts: string[] = []
  const unclosed = new Set<string>()
  let position = 0
  while (position < html.length) {
    const open = html.indexOf('<', position)
    if (open === -1) break
    parts.push(html.slice(position, open))
    const end = endOfMarkup(html, open, unclosed)
    if (end === open) {
      parts.push('<')
      position = open + 1
    } else {
      const name = tagName.exec(html.slice(open + 1, open + 40))?.[1]?.toLowerCase()
      if (name && !inlineTags.has(name)) parts.push(' ')
      position = end
    }
  }
  parts.push(html.slice(position))
  return parts.join('')
}

/**
 * Where the tag, comment or hidden element that opens at `open` ends; `open` itself when it is no markup, as in `a < b`.
 * `unclosed` remembers hidden elements without an end, so that it is looked for once only.
 */
function endOfMarkup(html: string, open: number, unclosed: Set<string>): number {
  if (html.startsWith('<!--', open)) return after(html, '-->', open + 4)
  const next = html.slice(open + 1, open + 40)
  if (/^[!?]/.test(next)) return after(html, '>', open + 2)
  const name = tagName.exec(next)?.[1]?.toLowerCase()
  if (!name) return open
  const close = nextAngle(html, open + 1)
  if (close === -1 || html[close] === '<') return open
  if (!hiddenTags.has(name) || next.startsWith('/') || unclosed.has(name)) return close + 1
  const closing = new RegExp(`</${name}[\\s>]`, 'gi')
  closing.lastIndex = close
  const found = closing.exec(html)
  if (found) return after(html, '>', found.index)
  unclosed.add(name)
  return close + 1
}

function nextAngle(html: string, from: number): number {
  const angle = /[<>]/g
  angle.lastIndex = from
  return angle.exec(html)?.index ?? -1
}

function after(text: string, mark: string, from: number): number {
  const index = text.indexOf(mark, from)
  return index === -1 ? text.length : index + mark.length
}
