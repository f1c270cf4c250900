import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toPlainText } from '../../../src/quality/text.js'

const mixed = fc.string({ unit: 'binary', maxLength: 12 })
const character = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code))

describe('text without markup', () => {
  it('is the same whether it is looked at as clean, or gone through because of a mark at its end', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          mixed,
          fc.array(character, { maxLength: 6 }).map((parts) => parts.join('')),
        ),
        (text) => {
          const letters = text.replace(/[<&]/g, '')
          // A line feed makes the text untidy, and is folded away again.
          expect(toPlainText(`${letters}a\n`)).toBe(toPlainText(`${letters}a`))
        },
      ),
      { numRuns: 5000 },
    )
  })

  it('keeps no character, alone or between letters, that the thorough way would change', () => {
    for (let code = 0; code < 0x10000; code++) {
      const text = `a${String.fromCharCode(code)}b`
      if (code !== 0x26 && code !== 0x3c && toPlainText(text) !== toPlainText(`${text}\n`)) expect.fail(`U+${code.toString(16)}`)
    }
  })
})
