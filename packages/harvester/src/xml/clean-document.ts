import { noAttributes, toLocalName, type XmlElement } from './element.js'

/** What is taken out of a document. */
export interface CleanReaderOptions {
  /** Local names, in lower case, of the elements to build. */
  captures: ReadonlySet<string>
  /** Called with each of them when it ends; what was made of them counts only when the document is clean to its end. */
  onElement: (element: XmlElement) => void
  /** @default 8 million characters */
  maxElementChars?: number
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
const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Reads a document that gives no reason for doubt: elements that fit, text, sections of CDATA, comments and the five entities of XML.
 *
 * Most answers are so, and this takes a third of the time of a parser that tells what is wrong. It never guesses: whatever is unusual is left to that parser.
 *
 * @param pieces - The text, cut behind the ends of tags: short pieces are read faster than a long text, and what is kept of one keeps no more than it.
 * @returns The local name of the root element; undefined when the document must be read with repair and care.
 */
export function readCleanDocument(pieces: Iterable<string>, options: CleanReaderOptions): string | undefined {
  const reader = new CleanReader(options)
  for (const piece of pieces) if (!reader.read(piece)) return undefined
  return reader.end()
}

class CleanReader {
  readonly #captures: ReadonlySet<string>
  readonly #onElement: (element: XmlElement) => void
  readonly #maxElementChars: number
  readonly #tags = new Map<string, Tag>()
  /** Tags of all open elements, and the elements that are built of them. */
  readonly #open: Tag[] = []
  readonly #stack: XmlElement[] = []
  #current: XmlElement | undefined
  #rootName: string | undefined
  #isStarted = false
  /** Characters of the pieces before this one. */
  #before = 0
  #capturedAt = 0

  constructor({ captures, onElement, maxElementChars = 8_000_000 }: CleanReaderOptions) {
    this.#captures = captures
    this.#onElement = onElement
    this.#maxElementChars = maxElementChars
  }

  /** @returns False when the document is not clean, or a section or a comment goes on behind the piece. */
  read(piece: string): boolean {
    if (forbidden.test(piece)) return false
    const text = piece.includes('\r') ? piece.replace(/\r\n?/g, '\n') : piece
    const hasSectionEnd = text.includes(']]>')
    let position = this.#isStarted ? 0 : startOf(text)
    if (position < 0) return false
    this.#isStarted = true
    while (true) {
      const angle = text.indexOf('<', position)
      if (angle < 0) break
      if (angle > position && !this.#addText(text.slice(position, angle), hasSectionEnd)) return false
      const next = text.charCodeAt(angle + 1)
      if (next === 33) {
        position = this.#readSection(text, angle)
        if (position < 0) return false
        continue
      }
      const end = text.indexOf('>', angle)
      if (end < 0) return false
      position = end + 1
      if (next === 47) {
        const tag = this.#open.pop()
        if (tag === undefined || !isEndOf(text, angle + 2, end, tag.written) || !this.#close(end)) return false
      } else if (!this.#openTag(text.slice(angle + 1, end), angle, end)) return false
    }
    if (position < text.length && !this.#addText(text.slice(position), hasSectionEnd)) return false
    this.#before += text.length
    return true
  }

  end(): string | undefined {
    return this.#open.length > 0 ? undefined : this.#rootName
  }

  #openTag(inner: string, angle: number, end: number): boolean {
    const open = this.#open
    const tag = this.#tags.get(inner) ?? this.#readTag(inner)
    if (tag === undefined || (open.length === 0 && this.#rootName !== undefined) || open.length >= maxDepth) return false
    this.#rootName ??= tag.name
    const parent = this.#current
    if (parent !== undefined || tag.isCaptured) {
      const element: XmlElement = { name: tag.name, attributes: tag.attributes, children: [], text: '' }
      if (parent === undefined) this.#capturedAt = this.#before + angle
      else parent.children.push(element)
      this.#stack.push(element)
      this.#current = element
    }
    if (!tag.isEmpty) open.push(tag)
    else if (!this.#close(end)) return false
    return true
  }

  #readTag(inner: string): Tag | undefined {
    const match = tagText.exec(inner)
    const attributes = match && readAttributes(match[2] ?? '')
    if (!match?.[1] || !attributes) return undefined
    const name = toLocalName(match[1])
    const tag = { written: match[1], name, attributes, isEmpty: match[3] === '/', isCaptured: this.#captures.has(name.toLowerCase()) }
    if (this.#tags.size < maxTags) this.#tags.set(inner, tag)
    return tag
  }

  /** Behind a section of CDATA or a comment; -1 where it has no end, or is something else. */
  #readSection(text: string, angle: number): number {
    const end = endOfSection(text, angle)
    if (end < 0 || this.#open.length === 0) return -1
    if (text.charCodeAt(angle + 2) === 91 && this.#current !== undefined) this.#append(this.#current, text.slice(angle + 9, end - 3))
    return end
  }

  #addText(raw: string, hasSectionEnd: boolean): boolean {
    if (hasSectionEnd && raw.includes(']]>')) return false
    const current = this.#current
    if (current === undefined) return this.#open.length > 0 ? decode(raw) !== undefined : raw.trim() === ''
    const decoded = decode(raw)
    if (decoded === undefined) return false
    this.#append(current, decoded)
    return true
  }

  #append(element: XmlElement, text: string): void {
    element.text = element.text === '' ? text : element.text + text
  }

  #close(end: number): boolean {
    if (this.#current === undefined) return true
    const closed = this.#stack.pop() as XmlElement
    this.#current = this.#stack[this.#stack.length - 1]
    if (this.#current !== undefined) return true
    if (this.#before + end - this.#capturedAt > this.#maxElementChars) return false
    this.#onElement(closed)
    return true
  }
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
  if (text === '') return noAttributes
  const attributes: Record<string, string> = Object.create(null)
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
  let decoded = ''
  let position = 0
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', position)) {
    const end = text.indexOf(';', at)
    const character = end < 0 || end - at > 10 ? undefined : toCharacter(text.slice(at + 1, end))
    if (character === undefined) return undefined
    decoded += text.slice(position, at) + character
    position = end + 1
  }
  return position === 0 ? text : decoded + text.slice(position)
}

function toCharacter(name: string): string | undefined {
  if (Object.hasOwn(characters, name)) return characters[name]
  const match = /^#(?:x([\da-fA-F]{1,6})|(\d{1,7}))$/.exec(name)
  if (!match) return undefined
  const code = match[1] !== undefined ? Number.parseInt(match[1], 16) : Number(match[2])
  const isCharacter = code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd)
  return isCharacter || (code >= 0x10000 && code <= 0x10ffff) ? String.fromCodePoint(code) : undefined
}
