import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCharsetDecoder, decodeText } from '../../../src/fetch/charset.js'

/** 数学课程教学资源 (Mathematics course teaching resources) in GB 18030. */
const gb = Buffer.from('cafdd1a7bfceb3ccbdccd1a7d7cad4b4', 'hex')
const han = '数学课程教学资源'
const sentence = Buffer.concat(Array<Buffer>(8).fill(gb))

describe('the encoding of an answer', () => {
  it.each([
    ['a byte order mark before all else', Buffer.from(`\ufeff${han}`), 'text/xml; charset=gbk', han],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${han}`, 'utf16le'), undefined, han],
    ['the charset of the Content-Type', gb, 'text/xml; charset="GBK"', han],
    ['gb2312 as GB 18030', gb, 'text/csv; charset=gb2312', han],
    [
      'the XML declaration',
      Buffer.concat([Buffer.from('<?xml version="1.0" encoding="gb2312"?>'), gb]),
      'text/xml',
      `<?xml version="1.0" encoding="gb2312"?>${han}`,
    ],
    ['UTF-8 when the bytes are valid UTF-8', Buffer.from(han), undefined, han],
  ])('is %s', (_, bytes, contentType, expected) => {
    expect(decodeText(bytes, contentType)).toEqual({ text: expected, findings: [] })
  })

  it('is what the bytes look like when nothing is declared', () => {
    const { text, findings } = decodeText(sentence)
    expect(text).toBe(han.repeat(8))
    expect(findings.map(({ code }) => code)).toEqual(['charset.detected'])
  })

  it('is not what is declared when the bytes say otherwise', () => {
    expect(decodeText(sentence, 'text/xml; charset=utf-8')).toMatchObject({ text: han.repeat(8), findings: [{ code: 'charset.wrong' }] })
    expect(decodeText(Buffer.from(han), 'text/xml; charset=iso-8859-1')).toMatchObject({ text: han, findings: [{ code: 'charset.wrong' }] })
    expect(decodeText(Buffer.from('é', 'latin1'), 'text/xml; charset=iso-8859-1')).toEqual({ text: 'é', findings: [] })
  })

  it('replaces single wrong bytes in UTF-8, and says so', () => {
    const { text, findings } = decodeText(Buffer.concat([Buffer.from('数学'), Buffer.from([0xff]), Buffer.from('课')]))
    expect(text).toBe('数学\ufffd课')
    expect(findings.map(({ code }) => code)).toEqual(['charset.replaced'])
  })

  it('ignores a name that is no encoding, and says so', () => {
    expect(decodeText(Buffer.from(han), 'text/xml; charset=none')).toMatchObject({ text: han, findings: [{ code: 'charset.unknown' }] })
  })

  it('gives the same text however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), fc.integer({ min: 1, max: 700 }), (text, size) => {
        const bytes = Buffer.from(text.replace(/^\ufeff/, '').toWellFormed())
        const decoder = createCharsetDecoder('text/xml; charset=utf-8')
        let result = ''
        for (let at = 0; at < bytes.length; at += size) result += decoder.decode(bytes.subarray(at, at + size))
        expect(result + decoder.end()).toBe(bytes.toString('utf8'))
      }),
    )
  })
})
