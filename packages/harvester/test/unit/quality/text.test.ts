import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toPlainText } from '../../../src/quality/text.js'

describe('plain text', () => {
  it.each([
    ['<p>Hello<br/>world &amp; <b>H</b>i</p>', 'Hello world & Hi'],
    ['  a\r\n\tb\u3000c\u00a0d ', 'a b c d'],
    ['a < b and c > d', 'a < b and c > d'],
    ['x<5 &lt;p&gt;', 'x<5 <p>'],
    ['<script>alert("<p>")</script>ok<style>p{}</style>', 'ok'],
    ['a<!-- <b> -->c', 'ac'],
    ['&#8212;&#x2014;&mdash;&hellip;&eacute;&Omega;&#150;', '———…éΩ–'],
    ['&unknown; &amp;lt;', '&unknown; &lt;'],
    ['e\u0301', 'é'],
    ['\ufeffa\u0000b', 'ab'],
    ['<p class="a', '<p class="a'],
    ['<![CDATA[x]]>y', 'y'],
  ])('of %j is %j', (raw, text) => expect(toPlainText(raw)).toBe(text))

  it('keeps the marks that Mongolian and Persian words are spelt with', () => {
    const word = 'ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ ᠠ\u180e\u180bᠡ\u200d می\u200cخواهم'
    expect(toPlainText(` ${word}\n`)).toBe(word)
  })

  it('has no white space at its ends or doubled, is NFC, and is not changed by a second reading unless it looks like markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const text = toPlainText(raw)
        expect(text).not.toMatch(/^[ \t\n\u00a0\u3000]|[ \t\n\u00a0\u3000]$| {2}/)
        expect(text).toBe(text.normalize('NFC'))
        if (!/[<&]/.test(text)) expect(toPlainText(text)).toBe(text)
      }),
    )
  })

  it('takes time that grows with the text only', () => {
    const started = performance.now()
    for (const part of ['<', '<a', '<!--', '<script>', '&', '&#', '<a <']) toPlainText(part.repeat(100_000))
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
