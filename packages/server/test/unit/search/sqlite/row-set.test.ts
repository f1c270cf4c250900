import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RowSet } from '../../../../src/search/sqlite/row-set.js'

const rows = fc.uniqueArray(fc.nat(2000), { maxLength: 200 }).map((list) => list.sort((a, b) => a - b))

function setOf(list: readonly number[]): RowSet {
  const set = new RowSet(0)
  if (list.length > 0) set.addList(list.join(','))
  return set
}
const listOf = (set: RowSet) => [...set.toList(set.count())]

describe('RowSet', () => {
  it('holds what was added and combines like sets of numbers', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const [one, other] = [setOf(a), setOf(b)]
        expect(listOf(one)).toEqual(a)
        expect(one.isEmpty()).toBe(a.length === 0)
        expect(listOf(one.and(other))).toEqual(a.filter((row) => b.includes(row)))
        expect(listOf(one.without(other))).toEqual(a.filter((row) => !b.includes(row)))
        expect(listOf(one.or(other))).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y))
        for (const row of a) expect(one.has(row)).toBe(true)
        expect(one.has(5000)).toBe(false)
      }),
    )
  })
})
