import { decodeEntities } from './html-entities.js'

/** White space that may be folded. U+202F, U+180E and the variation selectors are left out: Mongolian is spelt with them. */
const space = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u205f\u3000]+/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const junk = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufeff]/g
/** Letters and signs that stand alone, in no need of folding, decoding or composing: from, to, from, to … */
const tidyRanges = [
  0x20, 0x3b, 0x3d, 0x7e, 0xa1, 0x2ff, 0x388, 0x482, 0x48a, 0x590, 0x5d0, 0x60f, 0x61b, 0x64a, 0x671, 0x6d5, 0x6ee, 0x6ff, 0x1820, 0x1878,
  0x1e00, 0x1eff, 0x200b, 0x2027, 0x2030, 0x205e, 0x3001, 0x3029, 0x3030, 0x3098, 0x309b, 0xa48f, 0xac00, 0xd7a3, 0xff01, 0xffee,
]
const tidyUnits = new Uint8Array(0x10000)
for (let index = 0; index < tidyRanges.length; index += 2) tidyUnits.fill(1, tidyRanges[index], (tidyRanges[index + 1] ?? 0) + 1)
const entity = /&#?[a-zA-Z0-9]{1,10};/
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
  if (isTidy(raw)) return raw
  const withoutTags = raw.includes('<') ? stripTags(raw) : raw
  return tidy(decodeEntities(withoutTags))
}

/** True for a text that would come out as it is; false gives no more than a reason to look closer. */
function isTidy(text: string): boolean {
  let before = 0x20
  let hasAmpersand = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (tidyUnits[code] === 0 || (code === 0x20 && before === 0x20)) return false
    if (code === 0x26) hasAmpersand = true
    before = code
  }
  return (before !== 0x20 || text === '') && !(hasAmpersand && entity.test(text))
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
