import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readState, toState } from '../../../src/connectors/known-documents.js'
import { createPathFilter } from '../../../src/connectors/sitemap/path-filter.js'
import { parseSitemap } from '../../../src/connectors/sitemap/sitemap-document.js'
import { isHarvestError } from '../../../src/errors.js'

const escapeXml = (text: string) => text.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`)
const parse = (text: string) => parseSitemap({ url: 'https://a.example/s.xml', mediaType: 'application/xml', body: Buffer.from(text) })

describe('a sitemap', () => {
  it('gives the addresses that were written into it', () => {
    fc.assert(
      fc.property(fc.array(fc.webUrl({ withQueryParameters: true })), (urls) => {
        const text = `<urlset>${urls.map((url) => `<url><loc>${escapeXml(url)}</loc></url>`).join('')}</urlset>`
        expect(parse(text).entries.map(({ loc }) => loc)).toEqual(urls)
      }),
    )
  })

  it('is read or refused with a clear error, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^<urlset>[<>/a-z&;"= ]{0,60}$/)), (text) => {
        try {
          expect(parse(text).entries.length).toBeGreaterThanOrEqual(0)
        } catch (error) {
          expect(isHarvestError(error)).toBe(true)
        }
      }),
    )
  })

  it('keeps what is known of its pages from one run to the next', () => {
    const page = fc.record({ lastmod: fc.string({ minLength: 1 }), identifiers: fc.array(fc.string()) }, { requiredKeys: [] })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.webUrl(), page)), (pages) => {
        const known = new Map(pages)
        expect(readState(JSON.parse(JSON.stringify(toState(known))))).toEqual(known)
      }),
    )
    expect(readState({ pages: 'not packed' })).toBeUndefined()
    expect(readState(undefined)).toBeUndefined()
  })

  it.each([
    ['/course/*', '/course/1', true],
    ['/course/*', '/news/1', false],
    ['/course/', '/course/1', false],
    ['*/print', '/a/print', true],
    ['*/print', '/a/print/b', false],
    ['/a*b*c', '/a-b-c', true],
    ['/ab*b', '/ab', false],
    [`/${'*a'.repeat(200)}*`, `/${'b'.repeat(5000)}`, false],
  ])('fits %s to %s: %s', (pattern, path, isFitting) => {
    const url = new URL(path, 'https://a.example')
    expect(createPathFilter({ include: [pattern] })(url)).toBe(isFitting)
    expect(createPathFilter({ exclude: [pattern] })(url)).toBe(!isFitting)
  })
})
