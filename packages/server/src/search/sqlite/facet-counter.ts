import type { FacetName } from '@edufed/sdk/schemas'
import { isVisible, type Viewer } from '../../catalog/viewer.js'
import { usualFacetValues } from '../facet-values.js'
import type { ResolvedSearchQuery } from '../search-index.js'
import { type Columns, columnNames, visibleToColumn } from './columns.js'
import type { RowSet } from './row-set.js'

interface Filter {
  column: number
  /** By code of a value set: 1 when it holds one of the wanted values. */
  passes: Uint8Array
}

export interface CountedMatches {
  total: number
  facets: Partial<Record<FacetName, { value: string; count: number }[]>>
  moreValues?: FacetName[]
}

/**
 * Visits the rows that pass all filters, and counts facets exactly. Each facet is counted with all filters but its own, so that
 * choosing a second value of it shows how many more there would be.
 */
export function countMatches(
  matches: RowSet,
  columns: Columns,
  { filters, facets, facetLimit = usualFacetValues }: Pick<ResolvedSearchQuery, 'filters' | 'facets' | 'facetLimit'>,
  viewer: Viewer,
  visit: (row: number) => void,
): CountedMatches {
  const visible = visibleTo(viewer, columns)
  const wanted = filtersOf(filters, columns)
  const counters = facets.map((name) => {
    const column = columnNames.indexOf(name)
    return { name, column, codes: columns.sets[column]!, counts: new Uint32Array(columns.values[column]!.length) }
  })
  const visibleCodes = columns.sets[visibleToColumn]!
  const { alive } = columns
  let total = 0
  matches.forEach((row) => {
    if (alive[row] !== 1 || (visible && visible.passes[visibleCodes[row]!] !== 1)) return
    let failed = -1
    for (const filter of wanted) {
      if (filter.passes[columns.sets[filter.column]![row]!] === 1) continue
      if (failed >= 0) return
      failed = filter.column
    }
    if (failed < 0) {
      total++
      for (const counter of counters) counter.counts[counter.codes[row]!]!++
      visit(row)
    } else {
      for (const counter of counters) if (counter.column === failed) counter.counts[counter.codes[row]!]!++
    }
  })
  const counted = counters.map(({ name, column, counts }) => {
    const all = valueCounts(columns.values[column]!, counts)
    const chosen = new Set(filters[name])
    return { name, hasMore: all.length > facetLimit, values: all.filter(({ value }, at) => at < facetLimit || chosen.has(value)) }
  })
  const moreValues = counted.filter(({ hasMore }) => hasMore).map(({ name }) => name)
  return {
    total,
    facets: Object.fromEntries(counted.map(({ name, values }) => [name, values])),
    ...(moreValues.length > 0 ? { moreValues } : {}),
  }
}

/** Tells of a row whether it is there, for this viewer, and passes all filters. */
export function filterRows(columns: Columns, filters: ResolvedSearchQuery['filters'], viewer: Viewer): (row: number) => boolean {
  const visible = visibleTo(viewer, columns)
  const all = visible ? [visible, ...filtersOf(filters, columns)] : filtersOf(filters, columns)
  return (row) => columns.alive[row] === 1 && all.every(({ column, passes }) => passes[columns.sets[column]![row]!] === 1)
}

export function isRowVisible(columns: Columns, row: number, viewer: Viewer): boolean {
  return columns.values[visibleToColumn]![columns.sets[visibleToColumn]![row]!]!.some((token) => isVisible(token, viewer))
}

function visibleTo({ sees }: Viewer, columns: Columns): Filter | undefined {
  return sees === 'everything' ? undefined : filterOf(columns, visibleToColumn, sees)
}

function filtersOf(filters: ResolvedSearchQuery['filters'], columns: Columns): Filter[] {
  return (Object.entries(filters) as [FacetName, readonly string[]][])
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => filterOf(columns, columnNames.indexOf(name), values))
}

function filterOf(columns: Columns, column: number, wanted: readonly string[]): Filter {
  const values = new Set(wanted)
  return { column, passes: Uint8Array.from(columns.values[column]!, (set) => (set?.some((value) => values.has(value)) ? 1 : 0)) }
}

/** Most frequent first, then by value. */
function valueCounts(sets: readonly (readonly string[])[], counts: Uint32Array): { value: string; count: number }[] {
  const byValue = new Map<string, number>()
  for (const [code, count] of counts.entries())
    if (count > 0) for (const value of sets[code]!) byValue.set(value, (byValue.get(value) ?? 0) + count)
  return [...byValue].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}
