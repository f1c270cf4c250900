import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toWebUrl } from '../../../src/quality/url.js'

describe('an address', () => {
  it.each([
    [' https://a.example/x y ', 'https://a.example/x%20y'],
    ['HTTP://A.example', 'http://a.example/'],
    ['https://例子.中国/路', 'https://xn--fsqu00a.xn--fiqs8s/%E8%B7%AF'],
    ['https://user:secret@a.example/', 'https://a.example/'],
    ['https://8.8.8.8/x', 'https://8.8.8.8/x'],
  ])('%s is taken as %s', (raw, url) => expect(toWebUrl(raw)).toBe(url))

  it.each([
    ['javascript:alert(1)'],
    ['file:///etc/passwd'],
    ['ftp://a.example/'],
    ['www.a.example'],
    ['//a.example'],
    ['/path'],
    ['http://'],
    ['http://localhost:3000/'],
    ['http://intranet/'],
    ['http://printer.local/'],
    ['http://10.0.0.1/'],
    ['http://127.1/'],
    ['http://2130706433/'],
    ['http://169.254.169.254/latest/meta-data'],
    ['http://192.168.1.1/'],
    ['http://[::1]/'],
    ['http://[::ffff:10.0.0.1]/'],
    ['http://[fd00::1]/'],
    ['not an address'],
    [''],
    [undefined],
    [`http://a.example/${'x'.repeat(10_000)}`],
  ])('%s is refused', (raw) => expect(toWebUrl(raw)).toBeUndefined())

  it('fits the record model and stays as it is when read again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string()), (raw) => {
        const url = toWebUrl(raw)
        if (url === undefined) return
        expect(url).toMatch(/^https?:\/\/[^\s]+$/)
        expect(toWebUrl(url)).toBe(url)
      }),
    )
  })

  it('reads an address as the URL parser does, however it is put together', () => {
    const piece = fc.constantFrom(
      'a',
      'B',
      '1',
      '-',
      '.',
      '..',
      '/',
      '//',
      '?',
      '#',
      '%2e',
      '%20',
      '@',
      ':',
      ':80',
      ':443',
      "'",
      '_',
      '~',
      '&',
      '=',
      'xn--',
      '\\',
      '|',
    )
    const host = fc.constantFrom(
      'a.example',
      'xn--a.example',
      'A.example',
      '1.2.3.4',
      '1.2',
      'a-.example',
      'a.b-c.example',
      'a..example',
      '1.example',
      'a.0x1',
    )
    fc.assert(
      fc.property(fc.constantFrom('http://', 'https://'), host, fc.array(piece, { maxLength: 8 }), (scheme, name, pieces) => {
        const raw = `${scheme}${name}/${pieces.join('')}`
        const url = toWebUrl(raw)
        if (url !== undefined) expect(url).toBe(new URL(raw).href)
      }),
      { numRuns: 2000 },
    )
  })
})
