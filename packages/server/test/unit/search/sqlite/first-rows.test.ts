import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FirstRows, isBefore, type Place } from '../../../../src/search/sqlite/first-rows.js'

const places = fc
  .array(fc.record({ value: fc.nat(5), tie: fc.nat(5) }), { maxLength: 80 })
  .map((list) => list.map((place, row): Place => ({ ...place, row })))

describe('FirstRows', () => {
  it('pages through all places in order, none twice and none lost', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 10 }), (all, limit) => {
        const seen: Place[] = []
        for (let after: Place | undefined; ; after = seen.at(-1)) {
          const first = new FirstRows(limit, after)
          for (const place of all) if (!first.isTooLate(place.value)) first.offer(place)
          const page = first.inOrder()
          if (page.length === 0) break
          seen.push(...page)
        }
        expect(seen).toEqual([...all].sort((a, b) => (isBefore(a, b) ? -1 : 1)))
      }),
    )
  })

  it('takes nothing when nothing is wanted', () => {
    const first = new FirstRows(0, undefined)
    first.offer({ value: 1, tie: 1, row: 1 })
    expect(first.inOrder()).toEqual([])
  })
})
