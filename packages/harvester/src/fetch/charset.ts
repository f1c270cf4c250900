import { isUtf8 } from 'node:buffer'
import { createRequire } from 'node:module'

type Jschardet = typeof import('jschardet')

/** A finding about the encoding of an answer. */
export interface CharsetFinding {
  code: 'charset.replaced' | 'charset.wrong' | 'charset.detected' | 'charset.unknown'
  message: string
}

/** Turns the bytes of one answer into text, chunk by chunk. */
export interface CharsetDecoder {
  decode(chunk: Uint8Array): string
  /** The text that was held back at the end of the last chunk. */
  end(): string
  readonly findings: readonly CharsetFinding[]
}

/** Bytes that are looked at before the encoding is decided. */
const prefixBytes = 1024
const singleByte = /^(iso-8859-|windows-125|us-ascii|ascii|latin)/

/**
 * Makes a decoder that finds the encoding in this order: byte order mark, `charset` of the Content-Type, XML declaration, UTF-8 when the bytes
 * are valid UTF-8, and what the bytes look like. `gb2312` and `gbk` are read as `gb18030`, which contains both.
 */
export function createCharsetDecoder(contentType?: string): CharsetDecoder {
  const findings: CharsetFinding[] = []
  let held: Uint8Array = new Uint8Array(0)
  let decoder: TextDecoder | undefined
  let isUtf8Mode = false
  let sawMultibyte = false
  let declared: string | undefined
  let isDecided = false

  const decide = (bytes: Uint8Array): Uint8Array => {
    isDecided = true
    const mark = findByteOrderMark(bytes)
    if (mark) {
      if (mark.label === 'utf-8') {
        declared = 'utf-8'
        isUtf8Mode = true
        return bytes.subarray(3)
      }
      decoder = new TextDecoder(mark.label)
      return bytes
    }
    const named = [findHttpCharset(contentType), findXmlEncoding(bytes)]
    declared = named.map((name) => toKnownLabel(normalizeLabel(name), findings)).find((name) => name !== undefined)
    const label = declared
    if (label === undefined || label === 'utf-8' || singleByte.test(label)) isUtf8Mode = true
    else decoder = new TextDecoder(label)
    return bytes
  }

  const decodeAsUtf8 = (bytes: Uint8Array, isLast: boolean): string => {
    const cut = isLast ? bytes.length : findUtf8Cut(bytes)
    const whole = bytes.subarray(0, cut)
    if (isUtf8(whole)) {
      held = bytes.subarray(cut)
      const text = Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength).toString('utf8')
      if (!sawMultibyte && text.length < whole.length) {
        sawMultibyte = true
        if (declared !== undefined && declared !== 'utf-8') findings.push(wrong(declared, 'utf-8'))
      }
      return text
    }
    isUtf8Mode = false
    const label = sawMultibyte ? 'utf-8' : chooseOther(bytes, declared, findings)
    if (label === 'utf-8') findings.push({ code: 'charset.replaced', message: 'Bytes that are not valid UTF-8 were replaced by U+FFFD' })
    decoder = new TextDecoder(label)
    held = new Uint8Array(0)
    return decoder.decode(bytes, { stream: !isLast })
  }

  const take = (chunk: Uint8Array, isLast: boolean): string => {
    let bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    held = new Uint8Array(0)
    if (!isDecided) {
      if (bytes.length < prefixBytes && !isLast) {
        held = bytes
        return ''
      }
      bytes = decide(bytes)
    }
    if (isUtf8Mode) return decodeAsUtf8(bytes, isLast)
    return decoder?.decode(bytes, { stream: !isLast }) ?? ''
  }

  return { decode: (chunk) => take(chunk, false), end: () => take(new Uint8Array(0), true), findings }
}

/** True for a whole body that is UTF-8 and says nothing else of itself; otherwise its encoding must be found out. */
export function isPlainUtf8(bytes: Uint8Array, contentType?: string): boolean {
  for (const name of [findHttpCharset(contentType), findXmlEncoding(bytes)])
    if (name !== undefined && normalizeLabel(name) !== 'utf-8') return false
  return isUtf8(bytes)
}

/** Decodes a whole body at once. */
export function decodeText(bytes: Uint8Array, contentType?: string): { text: string; findings: readonly CharsetFinding[] } {
  const decoder = createCharsetDecoder(contentType)
  const text = decoder.decode(bytes)
  return { text: text + decoder.end(), findings: decoder.findings }
}

function findByteOrderMark(bytes: Uint8Array): { label: string } | undefined {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return { label: 'utf-8' }
  if (a === 0xff && b === 0xfe) return { label: 'utf-16le' }
  if (a === 0xfe && b === 0xff) return { label: 'utf-16be' }
  if (a === 0x3c && b === 0) return { label: 'utf-16le' }
  if (a === 0 && b === 0x3c) return { label: 'utf-16be' }
  return undefined
}

function findHttpCharset(contentType: string | undefined): string | undefined {
  return /charset\s*=\s*["']?\s*([^\s"';,]+)/i.exec(contentType ?? '')?.[1]
}

function findXmlEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, prefixBytes)).toString('latin1')
  return /<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1]
}

function normalizeLabel(label: string | undefined): string | undefined {
  const lower = label?.toLowerCase()
  if (lower === undefined) return undefined
  if (lower === 'utf8' || lower === 'utf-8') return 'utf-8'
  return /^(gb_?2312(-80)?|gbk|cp936|x-gbk|ms936|windows-936|gb18030)$/.test(lower) ? 'gb18030' : lower
}

function toKnownLabel(label: string | undefined, findings: CharsetFinding[]): string | undefined {
  if (label === undefined) return undefined
  try {
    const known = new TextDecoder(label).encoding
    // A declaration that was read as ASCII cannot stand in a UTF-16 document.
    return known.startsWith('utf-16') ? undefined : (normalizeLabel(known) ?? known)
  } catch {
    findings.push({ code: 'charset.unknown', message: `The encoding "${label.slice(0, 40)}" is unknown and was ignored` })
    return undefined
  }
}

/** The bytes are not UTF-8: what was declared if that is another encoding, else what they look like. */
function chooseOther(bytes: Uint8Array, declared: string | undefined, findings: CharsetFinding[]): string {
  if (declared !== undefined && declared !== 'utf-8') {
    const known = toKnownLabel(declared, [])
    if (known) return known
  }
  const guess = detector().detect(Buffer.from(toTelling(bytes)), { minimumThreshold: 0.5 })
  const label = normalizeLabel(guess.encoding ?? undefined)
  const known = label && toKnownLabel(label, [])
  if (!known || known === 'utf-8') return 'utf-8'
  findings.push(
    declared === undefined
      ? { code: 'charset.detected', message: `The answer names no encoding and was read as ${known}` }
      : wrong(declared, known),
  )
  return known
}

/** Loaded when it is needed, since few answers leave their encoding to be guessed and its tables are large. */
function detector(): Jschardet {
  return createRequire(import.meta.url)('jschardet') as Jschardet
}

/** The part of the bytes that tells encodings apart: from shortly before the first byte above ASCII. */
function toTelling(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte > 0x7f)
  return bytes.subarray(Math.max(first - 64, 0), first + 32_768)
}

function wrong(declared: string, actual: string): CharsetFinding {
  return { code: 'charset.wrong', message: `The answer says that its encoding is ${declared}, but it is ${actual}` }
}

/** Where the last character that is whole ends. */
function findUtf8Cut(bytes: Uint8Array): number {
  const end = bytes.length
  for (let back = 1; back <= 3 && back <= end; back++) {
    const byte = bytes[end - back] ?? 0
    if (byte < 0x80) return end
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? end - back : end
  }
  return end
}
