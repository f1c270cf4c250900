import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorsBetween, nearestWords } from '../../../src/search/spelling/near-words.js'

const letter = fc.constantFrom(...'abcdeъіە')
const word = fc.string({ unit: letter, minLength: 5, maxLength: 12 })

describe('near words', () => {
  it.each([
    ['friction', 'frction', 1],
    ['friction', 'firction', 1],
    ['friction', 'fricsiom', 2],
    ['friction', 'friction', 0],
    ['friction', 'fraksion', undefined],
    ['light', 'ligth', 1],
    ['light', 'lgihtt', undefined],
    ['light', 'might', undefined],
  ])('%s and %s differ by %s', (one, other, errors) => {
    expect(errorsBetween(one, other)).toBe(errors)
  })

  it('differ by one when a letter behind the first was lost, added, changed or swapped with the next', () => {
    fc.assert(
      fc.property(word, fc.nat(), letter, (text, place, other) => {
        const at = 1 + (place % (text.length - 1))
        for (const slip of [
          text.slice(0, at) + text.slice(at + 1),
          text.slice(0, at) + other + text.slice(at),
          text.slice(0, at) + other + text.slice(at + 1),
        ])
          expect(errorsBetween(text, slip)).toBeLessThanOrEqual(1)
        if (at + 1 < text.length)
          expect(errorsBetween(text, text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2))).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('are none for a word that is known, and otherwise the nearest and most used first', () => {
    const known = [
      { word: 'fraction', documents: 9 },
      { word: 'friction', documents: 2 },
      { word: 'frictions', documents: 5 },
    ]
    expect(nearestWords('friction', known)).toEqual([])
    expect(nearestWords('frictio', known)).toEqual(['friction', 'fraction', 'frictions'])
  })
})
