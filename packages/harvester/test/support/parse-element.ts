import type { XmlElement } from '../../src/xml/element.js'
import { createElementReader } from '../../src/xml/element-reader.js'

/** The tree of a whole small document. */
export function parseElement(xml: string): XmlElement {
  let root: XmlElement | undefined
  const name = /<(?:[\w.-]+:)?([\w.-]+)/.exec(xml.replace(/<\?[^>]*>/g, ''))?.[1]?.toLowerCase() ?? ''
  const reader = createElementReader({
    captures: new Set([name]),
    onElement: (element) => {
      root ??= element
    },
    onTooLarge: () => {},
  })
  reader.write(xml)
  if (!root) throw new Error('no element')
  return root
}
