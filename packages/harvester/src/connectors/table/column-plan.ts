import type { Issue } from '@edufed/sdk/schemas'
import type { FieldValue } from '../../crosswalks/field-value.js'
import { type CompiledMapping, type CompiledRule, compileMapping, pathsOf } from '../../crosswalks/mapping/compile-mapping.js'
import { findColumn } from '../../crosswalks/mapping/row-source.js'
import type { ResourceField } from '../../crosswalks/resource-fields.js'
import { HarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import { nearestName } from '../../quality/nearest-name.js'
import { foldLabel } from '../../vocabularies/fold.js'
import { recognizeHeader } from './header-names.js'
import type { TableSettings } from './settings.js'

/** What is read from each row. */
export interface ColumnPlan {
  header: readonly string[]
  /** Columns that are known by their names; none when there is a mapping. */
  columns: readonly (Omit<FieldValue, 'text'> & { index: number })[]
  mapping?: CompiledMapping
  /** Places of the columns that the mapping reads. */
  indexes: ReadonlyMap<string, number>
  /** Column that the settings name for the identifier. */
  identifierIndex?: number
  issues: Issue[]
}

const rowsLookedAt = 10

/** Where the header row is: by settings, else the first row in which two cells are names that are known or mapped, else the first that is not empty. */
export function findHeaderRow(rows: readonly (readonly string[])[], settings: TableSettings): number {
  if (settings.headerRow !== undefined) return settings.headerRow - 1
  const paths = settings.mapping ? pathsOf(compileMapping(settings.mapping).rules) : []
  const mapped = new Set(paths.map(foldLabel))
  const known = (cell: string) => cell.trim() !== '' && (mapped.has(foldLabel(cell)) || recognizeHeader(cell) !== undefined)
  const found = rows.slice(0, rowsLookedAt).findIndex((row) => row.filter(known).length >= 2)
  return found === -1 ? rows.findIndex((row) => row.some((cell) => cell.trim() !== '')) : found
}

/** @throws {HarvestError} `EDUFED_TABLE_NO_TITLE`, `EDUFED_SETTINGS_INVALID` */
export function planColumns(header: readonly string[], settings: TableSettings): ColumnPlan {
  const named = settings.identifierColumn
  const identifierIndex = named === undefined ? undefined : indexOfColumn(header, named, 'identifierColumn')
  const shared = { header, ...(identifierIndex !== undefined && { identifierIndex }) }
  if (settings.mapping) {
    const mapping = compileMapping(settings.mapping)
    return { ...shared, mapping, columns: [], indexes: findColumns(header, mapping.rules), issues: [] }
  }
  const issues: Issue[] = []
  const columns = planByNames(header, issues)
  if (!columns.some(({ field }) => field === 'name'))
    throw new HarvestError('EDUFED_TABLE_NO_TITLE', { url: redactUrl(settings.url), columns: tellColumns(header) })
  return { ...shared, columns, indexes: new Map(), issues }
}

/** Of the columns of a rule with `firstOf` one must be there, of those of other rules all. */
function findColumns(header: readonly string[], rules: readonly CompiledRule[]): Map<string, number> {
  const indexes = new Map<string, number>()
  for (const rule of rules) {
    const paths = pathsOf([rule])
    for (const path of paths) {
      const index = findColumn(header, path)
      if (index !== -1) indexes.set(path, index)
    }
    const missing = paths.filter((path) => !indexes.has(path))
    const [first] = missing
    if (first !== undefined && (rule.mode !== 'first' || missing.length === paths.length))
      indexOfColumn(header, first, `mapping/fields/${rule.field}`)
  }
  return indexes
}

function indexOfColumn(header: readonly string[], column: string, path: string): number {
  const index = findColumn(header, column)
  if (index !== -1) return index
  const nearest = nearestName(
    column,
    header.map((name) => name.trim()).filter((name) => name !== ''),
  )
  const hint = nearest === undefined ? '' : `; the nearest is "${nearest.slice(0, 40)}"`
  const reason = `the table has no column "${column.slice(0, 100)}"${hint}; it has ${tellColumns(header)}`
  throw new HarvestError('EDUFED_SETTINGS_INVALID', { path, reason })
}

function tellColumns(header: readonly string[]): string {
  return header
    .filter((name) => name.trim() !== '')
    .map((name) => name.slice(0, 40))
    .slice(0, 40)
    .join(', ')
}

function planByNames(header: readonly string[], issues: Issue[]): ColumnPlan['columns'] {
  const columns: (Omit<FieldValue, 'text'> & { index: number })[] = []
  const unknown: string[] = []
  const taken = new Set<ResourceField>()
  header.forEach((column, index) => {
    if (column.trim() === '') return
    const recognized = recognizeHeader(column)
    if (recognized && (recognized.field !== 'identifier' || !taken.has('identifier'))) {
      taken.add(recognized.field)
      columns.push({ ...recognized, column: column.trim(), index })
    } else unknown.push(column.trim().slice(0, 40))
  })
  if (unknown.length > 0) {
    const message = `These columns were not used, because their names are not known: ${unknown.slice(0, 40).join(', ')}; a mapping can say what they are`
    issues.push({ code: 'column.unused', path: 'header', message, severity: 'info' })
  }
  return columns
}
