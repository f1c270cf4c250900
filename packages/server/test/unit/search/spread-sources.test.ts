import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SearchResult } from '../../../src/search/search-index.js'
import { spreadSources } from '../../../src/search/spread-sources.js'
import { aDocument, aHitSource } from '../../support/search-documents.js'

type Hit = SearchResult['hits'][number]
const { resource } = aDocument()
const hit = (source: string, score: number): Hit => ({
  id: `${source}-${score}`,
  score,
  resource,
  sources: [aHitSource(source)],
  highlights: {},
})
const platforms = (hits: readonly Hit[]) => hits.map(({ sources }) => sources[0]!.id).join('')

describe('the first page', () => {
  it('mixes platforms whose hits are as good as alike', () => {
    expect(platforms(spreadSources([hit('a', 9), hit('a', 9), hit('a', 9), hit('a', 9), hit('b', 8.9), hit('c', 8.8)]))).toBe('aabaac')
  })

  it('leaves what is clearly better before what is not', () => {
    expect(platforms(spreadSources([hit('a', 9), hit('a', 9), hit('a', 9), hit('b', 5)]))).toBe('aaab')
  })

  it('keeps every hit, and moves none before one that is clearly better', () => {
    const hits = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.double({ min: 0, max: 3, noNaN: true })), { maxLength: 30 })
    fc.assert(
      fc.property(hits, (drawn) => {
        const given = drawn.map(([source, score]) => hit(source, score)).sort((a, b) => b.score - a.score)
        const spread = spreadSources(given)
        expect(spread).toHaveLength(given.length)
        expect(new Set(spread)).toEqual(new Set(given))
        for (const [at, { score }] of spread.entries())
          for (const later of spread.slice(at)) expect(later.score - score).toBeLessThanOrEqual(0.25)
      }),
    )
  })
})
