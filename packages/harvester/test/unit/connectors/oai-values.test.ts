import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDatestamp, parseDatestamp, toNextFrom } from '../../../src/connectors/oai-pmh/datestamp.js'
import { IdentifierSet } from '../../../src/connectors/oai-pmh/identifier-set.js'
import { toPeriod } from '../../../src/connectors/oai-pmh/period.js'
import { toBaseUrl, toRequestUrl } from '../../../src/connectors/oai-pmh/request-url.js'
import { toRetryDelayMs } from '../../../src/fetch/retry-after.js'

const seconds = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
  .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000))

describe('datestamps', () => {
  it.each([
    ['20210311', '2021-03-11T00:00:00.000Z'],
    ['2021-03-11', '2021-03-11T00:00:00.000Z'],
    ['2021-03-11T08:00:00Z', '2021-03-11T08:00:00.000Z'],
    ['2021-03-11 08:00:00.123456', '2021-03-11T08:00:00.123Z'],
    ['2021-03-11T08:00:00+08:00', '2021-03-11T00:00:00.000Z'],
    ['2021-03-11T08:00:00+0800', '2021-03-11T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(parseDatestamp(text)?.toISOString()).toBe(expected)
  })

  it.each(['', 'Not found', '2021-02-31', '2021-13-01', '200000000-01-01', '2021'])('refuses %j', (text) => {
    expect(parseDatestamp(text)).toBeUndefined()
  })

  it('reads what it writes', () => {
    fc.assert(
      fc.property(seconds, (time) => {
        expect(parseDatestamp(formatDatestamp(time, 'second'))).toEqual(time)
      }),
    )
  })

  it('never begins the next run after the time that the repository told', () => {
    fc.assert(
      fc.property(seconds, fc.constantFrom('day' as const, 'second' as const), fc.nat({ max: 100_000 }), (time, granularity, overlap) => {
        const from = parseDatestamp(toNextFrom(time.toISOString(), granularity, overlap))
        expect(from?.getTime()).toBeLessThanOrEqual(time.getTime() - overlap * 1000)
      }),
    )
  })

  it('asks with from and until in one granularity', () => {
    expect(toPeriod('2024-01-01', '2024-02-01T10:00:00Z', 'second')).toEqual({
      from: '2024-01-01T00:00:00Z',
      until: '2024-02-01T10:00:00Z',
    })
    expect(toPeriod('2024-01-01T10:00:00Z', '2024-02-01', 'day')).toEqual({ from: '2024-01-01', until: '2024-02-01' })
  })
})

describe('addresses of requests', () => {
  it('carries any token through, verb first', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme-composite' }), (resumptionToken) => {
        const url = toRequestUrl('https://x.example/oai?site=3', 'ListRecords', { resumptionToken, metadataPrefix: 'oai_dc' })
        expect(url).toMatch(/\?verb=ListRecords&resumptionToken=/)
        const query = new URL(url).searchParams
        expect(query.get('resumptionToken')).toBe(resumptionToken)
        expect(query.has('metadataPrefix')).toBe(false)
        expect(query.get('site')).toBe('3')
      }),
    )
  })

  it('drops the arguments that were copied with the address', () => {
    expect(toBaseUrl('https://x.example/oai?verb=Identify&site=3#top')).toBe('https://x.example/oai?site=3')
  })
})

describe('Retry-After', () => {
  const now = new Date('2024-01-01T00:00:00Z')
  it.each([
    ['5', 5000],
    ['Mon, 01 Jan 2024 00:00:07 GMT', 7000],
    ['Mon, 01 Jan 2020 00:00:00 GMT', 0],
    ['999999', 60_000],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('of %j waits %j ms', (header, expected) => {
    expect(toRetryDelayMs(header, now, 60_000)).toBe(expected)
  })
})

describe('the set of identifiers', () => {
  it('knows what was added, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 3000 }), fc.string(), (texts, other) => {
        const set = new IdentifierSet()
        const known = new Set<string>()
        for (const text of texts) {
          expect(set.add(text)).toBe(!known.has(text))
          known.add(text)
        }
        expect(set.size).toBe(known.size)
        expect(set.has(other)).toBe(known.has(other))
      }),
      { numRuns: 20 },
    )
  })
})
