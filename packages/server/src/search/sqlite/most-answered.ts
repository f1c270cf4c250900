import type { Viewer } from '../../catalog/viewer.js'
import type { PartialQuery } from '../search-index.js'
import type { Columns } from './columns.js'
import { filterRows } from './facet-counter.js'
import { rowsOfGroup } from './group-rows.js'
import type { Matcher } from './matcher.js'
import { RowSet } from './row-set.js'

/** The groups that the row answers which answers most, among those that pass everything else; of equal ones the row that others are tied before. */
export function mostAnswered(
  { terms, worths, filters }: PartialQuery,
  viewer: Viewer,
  { columns, matcher }: { columns: Columns; matcher: Matcher },
): number[] | undefined {
  const found = terms.groups.map((group) => rowsOfGroup(group, matcher, columns).anywhere)
  const sums = new Float64Array(columns.end)
  const required: RowSet[] = []
  let candidates = new RowSet(columns.end)
  for (const [at, rows] of found.entries()) {
    const worth = worths[at]
    if (worth === undefined) {
      required.push(rows)
      continue
    }
    candidates = candidates.or(rows)
    rows.forEach((row) => {
      sums[row]! += worth
    })
  }
  if (required.length > 0) candidates = required.reduce((one, other) => one.and(other))
  for (const group of terms.exclude) candidates = candidates.without(rowsOfGroup(group, matcher, columns).anywhere)
  const passes = filterRows(columns, filters, viewer)
  let best = -1
  candidates.forEach((row) => {
    const isBetter = best < 0 || sums[row]! > sums[best]! || (sums[row] === sums[best] && columns.ties[row]! < columns.ties[best]!)
    if (isBetter && passes(row)) best = row
  })
  return best < 0 ? undefined : found.flatMap((rows, at) => (rows.has(best) ? [at] : []))
}
