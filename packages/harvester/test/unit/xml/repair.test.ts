import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createElementReader } from '../../../src/xml/element-reader.js'
import { createXmlRepair } from '../../../src/xml/repair.js'

function read(chunks: readonly string[]): { text?: string; codes: string[] } {
  const repair = createXmlRepair()
  let text: string | undefined
  const reader = createElementReader({
    captures: new Set(['record']),
    onElement: (element) => {
      text = element.text
    },
    onTooLarge: () => {},
  })
  for (const chunk of chunks) reader.write(repair.write(chunk))
  reader.write(repair.end())
  return { text, codes: [...repair.counts.keys()] }
}

const document = (text: string) => `<?xml version="1.0"?><OAI-PMH><record>${text}</record></OAI-PMH>`
const cut = (text: string, at: number[]) => {
  const places = [...new Set(at.map((place) => place % (text.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((place, index) => text.slice(place, places[index] ?? text.length))
}

describe('the repair of XML', () => {
  it.each([
    ['a & b', 'a & b', 'xml.ampersand'],
    ['a &foo; c', 'a &foo; c', 'xml.unknownEntity'],
    ['&nbsp;&eacute;', '\u00a0é', 'xml.htmlEntity'],
    ['a\u0000\u0008b\ufffe', 'ab', 'xml.forbiddenCharacter'],
    ['a&#0;&#x1F;b&#xFFFF;', 'ab', 'xml.forbiddenReference'],
    ['&#xD83D;&#xDE00;', '😀', 'xml.surrogatePair'],
    ['1 < 2 <= 3', '1 < 2 <= 3', 'xml.angleBracket'],
    ['<?xml version="1.0"?>a', 'a', 'xml.innerDeclaration'],
    ['&#1a;', '&#1a;', 'xml.ampersand'],
  ])('reads %j as %j', (source, expected, code) => {
    expect(read([document(source)])).toEqual({ text: expected, codes: [code] })
  })

  it('leaves sound text, references and CDATA as they are', () => {
    expect(read([document('a &amp; &lt; &#65;&#x42; <![CDATA[x & y < z]]><!-- a & b -->!')])).toEqual({
      text: 'a & < AB x & y < z!',
      codes: [],
    })
  })

  it('makes the same of a text however it is cut', () => {
    const piece = fc.constantFrom(
      '&',
      '<',
      ' < ',
      '&amp;',
      '&nbsp;',
      '&#0;',
      '&#65;',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '\u0001',
      '数学',
      'ئا',
      '😀',
      ';',
      ']',
      '-',
      '?xml ',
      '<?xml ?>',
      'x',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.array(fc.nat(), { maxLength: 8 }), (pieces, at) => {
        const whole = createXmlRepair()
        const parts = createXmlRepair()
        const text = document(pieces.join(''))
        const expected = whole.write(text) + whole.end()
        expect(
          cut(text, at)
            .map((chunk) => parts.write(chunk))
            .join('') + parts.end(),
        ).toBe(expected)
        expect([...parts.counts].sort()).toEqual([...whole.counts].sort())
      }),
    )
  })

  it('makes any character data readable, without touching what is sound', () => {
    const escapeMarkup = (text: string) => text.replace(/[<>]/g, (character) => (character === '<' ? '&lt;' : '&gt;'))
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const sound = text.replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|&/gu, '')
        expect(read([document(escapeMarkup(sound))]).text).toBe(sound)
        expect(() => read([document(escapeMarkup(text))])).not.toThrow()
      }),
    )
  })
})
