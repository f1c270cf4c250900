import { toLocalName, type XmlElement } from './element.js'

/** A document that was read whole, in one pass. */
export interface CleanDocument {
  /** Local name of the root element. */
  rootName: string
  /** The captured elements in the order of their ends. */
  elements: XmlElement[]
}

interface Tag {
  /** As written, with its prefix. */
  written: string
  name: string
  attributes: Record<string, string>
  isEmpty: boolean
  isCaptured: boolean
}

const maxDepth = 200
const maxTags = 2000
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
const tagText = /^([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)$/
const attribute = /([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const reference = /&(?:(amp|lt|gt|quot|apos)|#(?:x([\da-fA-F]{1,6})|(\d{1,7})));|&/g
const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Reads a document that gives no reason for doubt: elements that fit, text, sections of CDATA, comments and the five entities of XML.
 *
 * Most answers are so, and this takes a third of the time of a parser that tells what is wrong. It never guesses: whatever is unusual is left to that parser.
 *
 * @param captures - Local names, in lower case, of the elements to build.
 * @returns undefined when the document must be read with repair and care.
 */
export function readCleanDocument(source: string, captures: ReadonlySet<string>, maxElementChars = 8_000_000): CleanDocument | undefined {
  if (forbidden.test(source)) return undefined
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source
  const hasSectionEnd = text.includes(']]>')
  const tags = new Map<string, Tag>()
  const elements: XmlElement[] = []
  /** Tags of all open elements, and the elements that are built of them. */
  const open: Tag[] = []
  const stack: XmlElement[] = []
  let current: XmlElement | undefined
  let capturedAt = 0
  let rootName: string | undefined

  const readTag = (inner: string): Tag | undefined => {
    const match = tagText.exec(inner)
    const attributes = match && readAttributes(match[2] ?? '')
    if (!match?.[1] || !attributes) return undefined
    const name = toLocalName(match[1])
    const tag = { written: match[1], name, attributes, isEmpty: match[3] === '/', isCaptured: captures.has(name.toLowerCase()) }
    if (tags.size < maxTags) tags.set(inner, tag)
    return tag
  }

  const addText = (raw: string, isSection: boolean): boolean => {
    if (!isSection && hasSectionEnd && raw.includes(']]>')) return false
    if (current === undefined) return open.length > 0 ? isSection || decode(raw) !== undefined : raw.trim() === ''
    const decoded = isSection || !raw.includes('&') ? raw : decode(raw)
    if (decoded === undefined) return false
    current.text = current.text === '' ? decoded : current.text + decoded
    return true
  }

  const close = (end: number): boolean => {
    if (current === undefined) return true
    const closed = stack.pop() as XmlElement
    current = stack[stack.length - 1]
    if (current !== undefined) return true
    if (end - capturedAt > maxElementChars) return false
    elements.push(closed)
    return true
  }

  let position = startOf(text)
  while (position >= 0) {
    const angle = text.indexOf('<', position)
    if (angle < 0) break
    if (angle > position && !addText(text.slice(position, angle), false)) return undefined
    const next = text.charCodeAt(angle + 1)
    if (next === 33) {
      const end = endOfSection(text, angle)
      if (end < 0 || open.length === 0) return undefined
      if (text.charCodeAt(angle + 2) === 91 && !addText(text.slice(angle + 9, end - 3), true)) return undefined
      position = end
      continue
    }
    const end = text.indexOf('>', angle)
    if (end < 0) return undefined
    position = end + 1
    if (next === 47) {
      const tag = open.pop()
      if (tag === undefined || !isEndOf(text, angle + 2, end, tag.written) || !close(end)) return undefined
      continue
    }
    const inner = text.slice(angle + 1, end)
    const tag = tags.get(inner) ?? readTag(inner)
    if (tag === undefined || (open.length === 0 && rootName !== undefined) || open.length >= maxDepth) return undefined
    rootName ??= tag.name
    if (current !== undefined || tag.isCaptured) {
      const element: XmlElement = { name: tag.name, attributes: tag.attributes, children: [], text: '' }
      if (current === undefined) capturedAt = angle
      else current.children.push(element)
      stack.push(element)
      current = element
    }
    if (!tag.isEmpty) open.push(tag)
    else if (!close(end)) return undefined
  }
  const isWhole = rootName !== undefined && open.length === 0 && text.slice(position).trim() === ''
  return isWhole && rootName !== undefined ? { rootName, elements } : undefined
}

/** Behind the XML declaration; -1 when the document begins with anything else than that or an element. */
function startOf(text: string): number {
  const begin = text.charCodeAt(0) === 0xfeff ? 1 : 0
  if (!text.startsWith('<?', begin)) return /^\s*<[A-Za-z_]/.test(text.slice(begin, begin + 1000)) ? begin : -1
  const declaration = /^<\?xml\s[^<>]{0,200}\?>/.exec(text.slice(begin, begin + 210))
  return declaration ? begin + declaration[0].length : -1
}

/** End of a CDATA section or of a comment; -1 for a document type and everything else. */
function endOfSection(text: string, at: number): number {
  if (text.startsWith('<![CDATA[', at)) {
    const end = text.indexOf(']]>', at + 9)
    return end < 0 ? -1 : end + 3
  }
  if (!text.startsWith('<!--', at)) return -1
  const end = text.indexOf('--', at + 4)
  return end >= 0 && text.charCodeAt(end + 2) === 62 ? end + 3 : -1
}

function isEndOf(text: string, from: number, end: number, written: string): boolean {
  return text.startsWith(written, from) && (from + written.length === end || text.slice(from + written.length, end).trim() === '')
}

function readAttributes(text: string): Record<string, string> | undefined {
  const attributes: Record<string, string> = Object.create(null)
  if (text === '') return attributes
  for (const match of text.matchAll(attribute)) {
    const name = match[1] ?? ''
    const value = decode((match[2] ?? match[3] ?? '').replace(/[\t\n]/g, ' '))
    if (value === undefined || Object.hasOwn(attributes, name)) return undefined
    attributes[name] = value
  }
  return attributes
}

/** Text with its references replaced; undefined when one of them is no reference of XML. */
function decode(text: string): string | undefined {
  if (!text.includes('&')) return text
  let isClean = true
  const decoded = text.replace(reference, (_, name?: string, hex?: string, digits?: string) => {
    if (name !== undefined) return characters[name] ?? ''
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(digits ?? 0)
    const isCharacter = code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd)
    if (isCharacter || (code >= 0x10000 && code <= 0x10ffff)) return String.fromCodePoint(code)
    isClean = false
    return ''
  })
  return isClean ? decoded : undefined
}
