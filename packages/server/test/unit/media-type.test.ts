import { describe, expect, it } from 'vitest'
import { chooseMediaType } from '../../src/media-type.js'

const offered = ['application/json', 'application/ld+json'] as const

describe('the form of a document', () => {
  it.each([
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['application/ld+json', 'application/ld+json'],
    ['application/json;q=0.5, application/ld+json', 'application/ld+json'],
    ['application/ld+json;q=0, */*', 'application/json'],
    ['text/html, application/*;q=0.8', 'application/json'],
    ['Application/LD+JSON', 'application/ld+json'],
    ['text/html', undefined],
    ['application/json;q=0', undefined],
  ])('for Accept %j is %j', (accept, expected) => {
    expect(chooseMediaType(accept, offered)).toBe(expected)
  })
})
