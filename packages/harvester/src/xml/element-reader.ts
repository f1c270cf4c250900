import { SaxesParser } from 'saxes'
import { toLocalName, type XmlElement } from './element.js'

export interface ElementReaderOptions {
  /** Local names, in lower case, of the elements to build. What lies outside of them is not kept. */
  captures: ReadonlySet<string>
  onRoot?: (name: string) => void
  onElement: (element: XmlElement) => void
  /** The element was larger than `maxElementChars`; what came before the limit is handed over. */
  onTooLarge: (element: XmlElement) => void
  /** @default 8 million characters */
  maxElementChars?: number
}

/** Reads XML text and builds a small tree for each captured element; nothing else is held. */
export interface ElementReader {
  /** @throws {XmlFault} when the text is not well-formed or declares a document type with content. */
  write(text: string): void
  /** Elements that were opened and not yet closed, outermost first. */
  readonly open: readonly string[]
  /** True when the root element was closed: the document is whole. */
  readonly isComplete: boolean
  /** True when something but white space came after the root element. */
  readonly hasTextAfter: boolean
}

/** Where and why XML could not be read on. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault'
  readonly kind: 'invalid' | 'doctype'

  constructor(kind: 'invalid' | 'doctype', message: string) {
    super(message)
    this.kind = kind
  }
}

const maxDepth = 200

export function createElementReader(options: ElementReaderOptions): ElementReader {
  const { captures, onElement, onTooLarge, maxElementChars = 8_000_000 } = options
  const parser = new SaxesParser({ xmlns: false, position: false })
  const names = new Map<string, string>()
  const open: string[] = []
  /** Elements of the tree that is being built, from its root to the current one. */
  const stack: XmlElement[] = []
  let current: XmlElement | undefined
  let depthBelowLimit = 0
  let chars = 0
  let isTooLarge = false
  let hasRoot = false
  let isComplete = false
  let hasTextAfter = false

  const toName = (qualified: string): string => {
    let name = names.get(qualified)
    if (name === undefined) {
      name = toLocalName(qualified)
      if (names.size < 5000) names.set(qualified, name)
    }
    return name
  }

  const limit = () => {
    isTooLarge = true
    depthBelowLimit = 0
  }

  parser.on('error', (error) => {
    throw new XmlFault('invalid', error.message)
  })
  parser.on('doctype', (doctype) => {
    if (/\[|\b(SYSTEM|PUBLIC)\b/i.test(doctype)) throw new XmlFault('doctype', 'a document type with entities or an external reference')
  })
  parser.on('opentag', (tag) => {
    const name = toName(tag.name)
    if (!hasRoot) {
      hasRoot = true
      options.onRoot?.(name)
    }
    if (current === undefined) {
      if (!captures.has(name.toLowerCase())) {
        open.push(name)
        return
      }
      chars = 0
      isTooLarge = false
    } else if (isTooLarge) {
      depthBelowLimit++
      return
    } else if (stack.length >= maxDepth) {
      limit()
      depthBelowLimit++
      return
    }
    const attributes = tag.attributes as Record<string, string>
    const element: XmlElement = { name, attributes, children: [], text: '' }
    chars += 50
    if (current !== undefined) current.children.push(element)
    stack.push(element)
    current = element
  })
  const addText = (text: string) => {
    if (current === undefined || isTooLarge) return
    chars += text.length
    if (chars > maxElementChars) limit()
    else current.text = current.text === '' ? text : current.text + text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    if (current === undefined) open.pop()
    else if (depthBelowLimit > 0) {
      depthBelowLimit--
      return
    } else {
      const closed = stack.pop()
      current = stack.at(-1)
      if (current === undefined && closed !== undefined) (isTooLarge ? onTooLarge : onElement)(closed)
    }
    if (current === undefined && open.length === 0) isComplete = true
  })

  return {
    open,
    get isComplete() {
      return isComplete
    },
    get hasTextAfter() {
      return hasTextAfter
    },
    write: (text) => {
      if (isComplete) {
        hasTextAfter ||= text.trim() !== ''
        return
      }
      try {
        parser.write(text)
      } catch (error) {
        if (!isComplete) throw error
        hasTextAfter = true
      }
    },
  }
}
