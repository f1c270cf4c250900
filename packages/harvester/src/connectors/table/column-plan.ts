import type { Issue } from '@edufed/sdk/schemas'
import type { TableField, TableValue } from '../../crosswalks/table.js'
import { HarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import { foldLabel } from '../../vocabularies/fold.js'
import { recognizeHeader } from './header-names.js'
import type { ColumnRule, TableSettings } from './settings.js'

/** What is read from each row: values by column, and values that are the same for all. */
export interface ColumnPlan {
  header: readonly string[]
  columns: readonly (Omit<TableValue, 'text'> & { index: number })[]
  constants: readonly TableValue[]
  issues: Issue[]
}

const rowsLookedAt = 10

/** Where the header row is: by settings, else the first row in which two cells are names that are known or mapped, else the first that is not empty. */
export function findHeaderRow(rows: readonly (readonly string[])[], settings: TableSettings): number {
  if (settings.headerRow !== undefined) return settings.headerRow - 1
  const mapped = new Set(settings.mapping?.map((rule) => foldLabel(rule.column ?? '')))
  const known = (cell: string) => cell.trim() !== '' && (mapped.has(foldLabel(cell)) || recognizeHeader(cell) !== undefined)
  const found = rows.slice(0, rowsLookedAt).findIndex((row) => row.filter(known).length >= 2)
  return found === -1 ? rows.findIndex((row) => row.some((cell) => cell.trim() !== '')) : found
}

/** @throws {HarvestError} `EDUFED_TABLE_NO_TITLE`, `EDUFED_SETTINGS_INVALID` */
export function planColumns(header: readonly string[], settings: TableSettings): ColumnPlan {
  const issues: Issue[] = []
  const plan = settings.mapping ? planByMapping(header, settings.mapping, issues) : planByNames(header, issues)
  const named = settings.identifierColumn
  if (named !== undefined) {
    plan.columns = plan.columns.filter((column) => column.field !== 'identifier')
    plan.columns.push({ field: 'identifier', column: named, index: indexOfColumn(header, named, 'identifierColumn') })
  }
  if (![...plan.columns, ...plan.constants].some(({ field }) => field === 'name')) {
    const columns = header
      .filter((name) => name.trim() !== '')
      .map((name) => name.slice(0, 40))
      .slice(0, 40)
      .join(', ')
    throw new HarvestError('EDUFED_TABLE_NO_TITLE', { url: redactUrl(settings.url), columns })
  }
  return { header, ...plan, issues }
}

interface Plan {
  columns: (Omit<TableValue, 'text'> & { index: number })[]
  constants: TableValue[]
}

function planByMapping(header: readonly string[], mapping: readonly ColumnRule[], issues: Issue[]): Plan {
  const plan: Plan = { columns: [], constants: [] }
  for (const { field, column, value, language, separator } of mapping) {
    const shared = { field, ...(language && { language }), ...(separator && { separator }) }
    if (column !== undefined) plan.columns.push({ ...shared, column, index: indexOfColumn(header, column, 'mapping') })
    else if (value !== undefined) plan.constants.push({ ...shared, column: field, text: value })
    else
      issues.push({
        code: 'mapping.empty',
        path: 'mapping',
        message: `The rule for ${field} has neither column nor value`,
        severity: 'warning',
      })
  }
  return plan
}

function indexOfColumn(header: readonly string[], column: string, path: string): number {
  const exact = header.findIndex((name) => name.trim() === column.trim())
  const index = exact === -1 ? header.findIndex((name) => foldLabel(name) === foldLabel(column)) : exact
  if (index !== -1) return index
  const columns = header
    .filter((name) => name.trim() !== '')
    .map((name) => name.slice(0, 40))
    .slice(0, 40)
    .join(', ')
  throw new HarvestError('EDUFED_SETTINGS_INVALID', { path, reason: `the table has no column "${column}"; it has ${columns}` })
}

function planByNames(header: readonly string[], issues: Issue[]): Plan {
  const plan: Plan = { columns: [], constants: [] }
  const unknown: string[] = []
  const taken = new Set<TableField>()
  header.forEach((column, index) => {
    if (column.trim() === '') return
    const recognized = recognizeHeader(column)
    if (recognized && (recognized.field !== 'identifier' || !taken.has('identifier'))) {
      taken.add(recognized.field)
      plan.columns.push({ ...recognized, column: column.trim(), index })
    } else unknown.push(column.trim().slice(0, 40))
  })
  if (unknown.length > 0) {
    const message = `These columns were not used, because their names are not known: ${unknown.slice(0, 40).join(', ')}; a mapping can say what they are`
    issues.push({ code: 'column.unused', path: 'header', message, severity: 'info' })
  }
  return plan
}
