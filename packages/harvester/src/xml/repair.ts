import { toCharacter } from '../quality/html-entities.js'

export const repairCodes = {
  'xml.ampersand': 'A bare & in the text was read as &amp;',
  'xml.angleBracket': 'A bare < in the text was read as &lt;',
  'xml.htmlEntity': 'An entity of HTML, which XML does not know, was read as its character',
  'xml.unknownEntity': 'An entity that is not declared was kept as it is written',
  'xml.forbiddenCharacter': 'Characters that XML forbids were dropped',
  'xml.forbiddenReference': 'References to characters that XML forbids were dropped',
  'xml.surrogatePair': 'A character written as two surrogate references was joined',
  'xml.textBeforeDocument': 'Text before the document was skipped',
  'xml.innerDeclaration': 'An XML declaration in the middle of the document was dropped',
  'xml.textAfterDocument': 'Text after the end of the document was ignored',
} as const
export type RepairCode = keyof typeof repairCodes

/** Mends a stream of XML text so that a strict parser can read it. */
export interface XmlRepair {
  write(text: string): string
  end(): string
  /** How often each repair was made. */
  readonly counts: ReadonlyMap<RepairCode, number>
}

/** Looked through for the start of the document before the text is taken as it is. */
const prologWindow = 65_536
/** Longest thing that may be cut by the end of a chunk: a reference or a declaration. */
const maxHeld = 256

const suspicious =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|&(?!(?:amp|lt|gt|quot|apos);)|<(?![A-Za-z_:/!?\u0080-\uffff])|<\?xml[\s?]/
const fault =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]+|&(?!(?:amp|lt|gt|quot|apos);)(?:#([xX]?)([\da-fA-F]{1,8});|([A-Za-z][A-Za-z0-9]{1,31});)?|<(?![A-Za-z_:/!?\u0080-\uffff])|<\?xml[\s?][^>]{0,200}>/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]+/g

/**
 * Makes a repair step for one document. Sections of CDATA keep their `&` and `<`.
 *
 * @param options - `isFragment`: the text begins with an element, so that no start of a document is looked for.
 */
export function createXmlRepair({ isFragment = false }: { isFragment?: boolean } = {}): XmlRepair {
  const counts = new Map<RepairCode, number>()
  let held = ''
  let isStarted = isFragment
  let section: '' | ']]>' | '-->' = ''
  let highSurrogate = 0

  const count = (code: RepairCode, step = 1) => {
    const sum = (counts.get(code) ?? 0) + step
    if (sum > 0) counts.set(code, sum)
    else counts.delete(code)
  }

  const start = (text: string, isLast: boolean): string | undefined => {
    const at = findDocument(text, isLast)
    if (at === undefined) return undefined
    isStarted = true
    if (text.slice(0, at).trim() !== '') count('xml.textBeforeDocument')
    const declaration = /^<\?xml[\s?][^>]{0,200}>/.exec(text.slice(at, at + 260))
    return text.slice(at + (declaration?.[0].length ?? 0))
  }

  const mend = (match: string, hex: string | undefined, digits: string | undefined, name: string | undefined): string => {
    if (match === '<') return counted('xml.angleBracket', '&lt;')
    if (match.startsWith('<')) return counted('xml.innerDeclaration', '')
    if (!match.startsWith('&')) return counted('xml.forbiddenCharacter', '')
    if (digits !== undefined) return mendReference(match, hex || !/\D/.test(digits) ? Number.parseInt(digits, hex ? 16 : 10) : Number.NaN)
    if (name === undefined) return counted('xml.ampersand', '&amp;')
    const character = toCharacter(name)
    return character === undefined ? counted('xml.unknownEntity', `&amp;${match.slice(1)}`) : counted('xml.htmlEntity', character)
  }

  const mendReference = (match: string, code: number): string => {
    if (code >= 0xd800 && code <= 0xdbff) {
      highSurrogate = code
      return counted('xml.forbiddenReference', '')
    }
    if (code >= 0xdc00 && code <= 0xdfff && highSurrogate > 0) {
      const joined = String.fromCharCode(highSurrogate, code)
      highSurrogate = 0
      count('xml.forbiddenReference', -1)
      return counted('xml.surrogatePair', joined)
    }
    highSurrogate = 0
    if (Number.isNaN(code)) return counted('xml.ampersand', `&amp;${match.slice(1)}`)
    return isXmlCharacter(code) ? match.replace('X', 'x') : counted('xml.forbiddenReference', '')
  }

  const counted = (code: RepairCode, text: string): string => {
    count(code)
    return text
  }

  /** Mends markup and text outside CDATA sections and comments. */
  const mendOutside = (text: string): string => (suspicious.test(text) ? text.replace(fault, mend) : text)

  const mendInside = (text: string): string =>
    text.replace(forbidden, () => {
      count('xml.forbiddenCharacter')
      return ''
    })

  const process = (text: string): string => {
    let result = ''
    let position = 0
    while (position < text.length) {
      if (section !== '') {
        const close = text.indexOf(section, position)
        const end = close < 0 ? text.length : close + 3
        result += mendInside(text.slice(position, end))
        if (close >= 0) section = ''
        position = end
        continue
      }
      const open = findSection(text, position)
      result += mendOutside(position === 0 && open === text.length ? text : text.slice(position, open))
      if (open < text.length) {
        section = text.startsWith('<!--', open) ? '-->' : ']]>'
        const head = section === '-->' ? 4 : 9
        result += text.slice(open, open + head)
        position = open + head
      } else position = open
    }
    return result
  }

  const take = (chunk: string, isLast: boolean): string => {
    let text: string | undefined = held === '' ? chunk : held + chunk
    held = ''
    if (!isStarted) {
      const started = start(text, isLast)
      if (started === undefined) {
        held = text
        return ''
      }
      text = started
    }
    // Where a document was cut off, the beginning of a tag or a reference is no fault of its text.
    if (isLast && section === '') text = text.replace(/[<&]$/, '')
    const cut = isLast ? text.length : findCut(text, section)
    held = text.slice(cut)
    return process(cut === text.length ? text : text.slice(0, cut))
  }

  return { write: (text) => take(text, false), end: () => take('', true), counts }
}

/** Where the document begins: at its declaration, else at its root; undefined when more text is needed to tell. */
function findDocument(text: string, isLast: boolean): number | undefined {
  const declaration = text.search(/<\?xml[\s?]/)
  if (declaration >= 0 && declaration < prologWindow) return text.length > declaration + 260 || isLast ? declaration : undefined
  if (text.length < prologWindow && !isLast) {
    // The usual start needs no window.
    return /^\s*<(?:[\w.-]+:)?OAI-PMH[\s>]/i.test(text) ? text.indexOf('<') : undefined
  }
  const root = text.search(/<(?:[\w.-]+:)?OAI-PMH[\s>]/i)
  if (root >= 0) return root
  return Math.max(text.indexOf('<'), 0)
}

/** Start of the next CDATA section or comment, or the end of the text. */
function findSection(text: string, position: number): number {
  for (let at = text.indexOf('<!', position); at >= 0; at = text.indexOf('<!', at + 2)) {
    if (text.startsWith('<![CDATA[', at) || text.startsWith('<!--', at)) return at
  }
  return text.length
}

/** How much of the text can be mended before more of it is known. */
function findCut(text: string, section: string): number {
  const end = text.length
  if (section === '' || text.includes(section)) {
    const floor = Math.max(end - maxHeld, 0)
    for (let at = end - 1; at >= floor; at--) {
      const code = text.charCodeAt(at)
      // An & or < without its end, or a ]] or -- that may close a section.
      if (code === 38 && text.indexOf(';', at) < 0) return at
      if (code === 60 && text.indexOf('>', at) < 0) return at
      if (code === 62) break
    }
  }
  let cut = end
  while (cut > 0 && end - cut < 2 && (text[cut - 1] === ']' || text[cut - 1] === '-')) cut--
  return cut
}

function isXmlCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  )
}
