import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCursor, encodeCursor, searchCursorKey } from '../../../src/search/cursor.js'

const payload = fc.dictionary(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean()),
)
const refused = expect.objectContaining({ code: 'EDUFED_CURSOR_INVALID', status: 400 })

function decodeError(text: string, key: string): unknown {
  try {
    return decodeCursor(text, key)
  } catch (error) {
    return error
  }
}

describe('a cursor', () => {
  it('gives back what it was made of', () => {
    fc.assert(
      fc.property(payload, fc.string(), (value, key) => {
        const text = encodeCursor(value, key)
        expect(text).toMatch(/^[\w-]+$/)
        expect(JSON.stringify(decodeCursor(text, key))).toBe(JSON.stringify(value))
      }),
    )
  })

  it('opens only the list that gave it', () => {
    fc.assert(
      fc.property(payload, fc.string(), fc.string(), (value, key, other) => {
        fc.pre(key !== other)
        expect(decodeError(encodeCursor(value, key), other)).toEqual(refused)
      }),
    )
  })

  it('is refused when a character of it was changed, lost or added', () => {
    fc.assert(
      fc.property(payload, fc.nat(), fc.constantFrom('A', 'z', '0', '=', ' ', '\u0000', '数'), fc.nat(2), (value, at, character, cut) => {
        const text = encodeCursor(value, 'k')
        const place = at % text.length
        const mangled = text.slice(0, place) + character + text.slice(place + cut)
        fc.pre(mangled !== text)
        expect(decodeError(mangled, 'k')).toEqual(refused)
      }),
    )
  })

  it('is refused when it is any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeError(text, 'k')).toEqual(refused)
      }),
    )
    expect(decodeError('', 'k')).toEqual(refused)
  })

  it('carries a place in a change log in less than 200 characters', () => {
    const text = encodeCursor({ sequence: Number.MAX_SAFE_INTEGER }, '0190163d-8694-739b-aea5-966c26f8ad91')
    expect(text.length).toBeLessThan(200)
  })
})

describe('the key of a search cursor', () => {
  const query = { text: '数学', sort: 'relevance', lang: 'zh-Hans', filters: { subject: ['math', 'physics'], grade: ['3'] } } as const

  it('does not depend on the order of filters', () => {
    const reordered = { ...query, filters: { grade: ['3'], subject: ['physics', 'math'], stage: [] } }
    expect(searchCursorKey('sqlite', reordered)).toBe(searchCursorKey('sqlite', query))
  })

  it('tells queries and engines apart', () => {
    const keys = [
      searchCursorKey('sqlite', query),
      searchCursorKey('elasticsearch', query),
      searchCursorKey('sqlite', { ...query, text: '' }),
      searchCursorKey('sqlite', { ...query, sort: 'date' }),
      searchCursorKey('sqlite', { ...query, filters: { subject: ['math'], grade: ['3'] } }),
    ]
    keys.push(searchCursorKey('sqlite', { ...query, lang: 'en' }))
    expect(new Set(keys).size).toBe(keys.length)
  })
})
