import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCleanDocument } from '../../../src/xml/clean-document.js'
import type { XmlElement } from '../../../src/xml/element.js'
import { createElementReader, XmlFault } from '../../../src/xml/element-reader.js'
import { createXmlRepair } from '../../../src/xml/repair.js'

const captures = new Set(['record', 'token'])

function readClean(pieces: string[], maxElementChars?: number): XmlElement[] | undefined {
  const elements: XmlElement[] = []
  const rootName = readCleanDocument(pieces, { captures, maxElementChars, onElement: (element) => elements.push(element) })
  return rootName === undefined ? undefined : elements
}

/** What the parser that tells every fault makes of it; undefined when it finds one or mends anything. */
function readWithCare(text: string): XmlElement[] | undefined {
  const elements: XmlElement[] = []
  const reader = createElementReader({ captures, onElement: (element) => elements.push(element), onTooLarge: () => {} })
  const repair = createXmlRepair()
  try {
    reader.write(repair.write(text))
    reader.write(repair.end())
  } catch (error) {
    if (error instanceof XmlFault) return undefined
    throw error
  }
  return reader.isComplete && !reader.hasTextAfter && repair.counts.size === 0 ? elements : undefined
}

const piece = fc.constantFrom(
  '<a>',
  '</a>',
  '<record>',
  '</record>',
  '<p:b x="1">',
  '</p:b>',
  '<token/>',
  '<token n="1" m=\'2\' />',
  '<a b="&amp;<">',
  '<a b="1" b="2">',
  '</a >',
  '<!-- c -->',
  '<!-- a -- b -->',
  '<![CDATA[ <x> & ]]>',
  ']]>',
  '&amp;',
  '&#x41;',
  '&#65;',
  '&#0;',
  '&nbsp;',
  '& ',
  '<',
  '>',
  '文字',
  'text',
  '\r\n',
  '\u0001',
  '<?pi x?>',
  '<!DOCTYPE a>',
)
const document = fc
  .array(piece, { maxLength: 14 })
  .chain((pieces) =>
    fc.constantFrom(
      `<root>${pieces.join('')}</root>`,
      `<?xml version="1.0"?>\n<root><record>${pieces.join('')}</record></root>\n`,
      pieces.join(''),
    ),
  )

describe('a document that is taken as clean', () => {
  it('gives the very elements that the parser with repair gives, and is never one in which that parser finds a fault', () => {
    fc.assert(
      fc.property(document, (text) => {
        const clean = readClean([text])
        if (clean) expect(clean).toEqual(readWithCare(text))
      }),
      { numRuns: 5000 },
    )
  })

  it('gives the same elements when it comes in pieces that end with a tag, or leaves them to the other parser', () => {
    fc.assert(
      fc.property(document, fc.integer({ min: 1, max: 9 }), (text, length) => {
        const pieces = text.match(new RegExp(`[\\s\\S]{${length}}[^>]*>|[\\s\\S]+$`, 'g')) ?? []
        expect(pieces.join('')).toBe(text)
        const clean = readClean(pieces)
        if (clean) expect(clean).toEqual(readClean([text]))
      }),
      { numRuns: 2000 },
    )
  })

  it('is read in pieces where no section and no comment is cut', () => {
    const text = '<r>\r\n<record><![CDATA[a & b]]><t>1</t>\r\n</record><record>2</record> </r>\n'
    const pieces = text.split(/(?<=record>)/)
    expect(pieces).toHaveLength(5)
    expect(readClean(pieces)).toEqual(readWithCare(text))
  })

  it.each([
    ['elements, attributes and references', '<?xml version="1.0"?><r><record a="x &amp; y">1 &lt; 2 &#x4e2d;</record></r>'],
    ['CDATA, comments and line ends of Windows', '<r>\r\n<!-- a --><record><![CDATA[a & b]]>\r\n</record>\r\n</r>\r\n'],
    ['prefixes and empty elements', '<o:r xmlns:o="x"><o:record><dc:t xml:lang="zh"/></o:record></o:r>'],
  ])('may have %s', (_, text) => {
    expect(readClean([text])).toEqual(readWithCare(text))
    expect(readWithCare(text)).toHaveLength(1)
  })

  it.each([
    ['a cut', '<r><record>a</record>'],
    ['a bare &', '<r><record>a & b</record></r>'],
    ['an entity of HTML', '<r><record>a&nbsp;b</record></r>'],
    ['a document type', '<!DOCTYPE r [<!ENTITY x "y">]><r><record>&x;</record></r>'],
    ['text before it', 'Warning <r><record>a</record></r>'],
    ['text after it', '<r><record>a</record></r> done'],
    ['a record that is too large', `<r><record>${'x'.repeat(2000)}</record></r>`],
    ['two roots', '<r/><r/>'],
    ['elements that are too deep', `${'<a>'.repeat(300)}${'</a>'.repeat(300)}`],
  ])('never has %s', (_, text) => {
    expect(readClean([text], 1000)).toBeUndefined()
  })
})
