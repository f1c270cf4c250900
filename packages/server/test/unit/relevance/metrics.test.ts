import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mean, ndcg, overlap, recall } from '../../relevance/metrics.js'

const grades = new Map([
  ['best', 3],
  ['good', 2],
  ['related', 1],
])

describe('measures of relevance', () => {
  it('give the best order 1 and an empty answer 0', () => {
    expect(ndcg(['best', 'good', 'related', 'other'], grades)).toBe(1)
    expect(ndcg([], grades)).toBe(0)
    expect(recall(['related', 'good', 'best'], grades)).toBe(1)
    expect(recall([], grades)).toBe(0)
  })

  it('count what stands first for more', () => {
    // (3/log2(2) + 7/log2(3)) / (7/log2(2) + 3/log2(3) + 1/log2(4))
    expect(ndcg(['good', 'best'], grades)).toBeCloseTo((3 + 7 / Math.log2(3)) / (7 + 3 / Math.log2(3) + 0.5), 10)
    expect(ndcg(['other', 'best'], grades)).toBeLessThan(ndcg(['best', 'other'], grades))
  })

  it('look only as deep as they are told', () => {
    const late = [...Array.from({ length: 10 }, (_, at) => `other ${at}`), 'best']
    expect(ndcg(late, grades)).toBe(0)
    expect(recall(late, grades, 10)).toBe(0)
    expect(recall(late, grades, 11)).toBe(0.5)
  })

  it('take the related ones out of recall, and no more than can be shown', () => {
    expect(recall(['related'], grades)).toBe(0)
    const many = new Map(Array.from({ length: 80 }, (_, at) => [`r${at}`, 3]))
    expect(recall([...many.keys()].slice(0, 50), many)).toBe(1)
  })

  it('tell what two answers share', () => {
    expect(overlap(['a', 'b'], ['b', 'a'])).toBe(1)
    expect(overlap(['a', 'b'], ['b'])).toBe(0.5)
    expect(overlap([], ['a'])).toBe(0)
    expect(overlap([], [])).toBe(1)
    expect(mean([])).toBe(0)
    expect(mean([0, 1])).toBe(0.5)
  })

  it('stay between 0 and 1 for every answer', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'))
    const judged = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.integer({ min: 0, max: 3 })))
    fc.assert(
      fc.property(ids, judged, ids, (found, entries, other) => {
        const map = new Map(entries)
        for (const value of [ndcg(found, map), recall(found, map), overlap(found, other)]) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1 + 1e-12)
        }
      }),
    )
  })
})
