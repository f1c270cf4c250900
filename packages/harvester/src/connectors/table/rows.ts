import type { Issue } from '@edufed/sdk/schemas'
import { crosswalkTable, type TableValue } from '../../crosswalks/table.js'
import { fingerprint } from '../../quality/fingerprint.js'
import { toPlainText } from '../../quality/text.js'
import type { HarvestItem } from '../connector.js'
import type { ColumnPlan } from './column-plan.js'
import type { TableSettings } from './settings.js'

export const metadataPrefix = 'table'

/** A row of a table; `text` is how it was written in a CSV file. */
export interface TableRow {
  cells: readonly string[]
  text?: string
  /** Something that was wrong with the row itself. */
  issues?: Issue[]
}

export function isEmptyRow(row: TableRow): boolean {
  return row.cells.every((cell) => cell.trim() === '')
}

/** The item of a row that is not empty. */
export function toItem(row: TableRow, plan: ColumnPlan, settings: TableSettings): HarvestItem {
  const values: TableValue[] = [
    ...plan.columns.map(({ index, ...column }) => ({ ...column, text: row.cells[index] ?? '' })),
    ...plan.constants,
  ]
  const { resource, issues } = crosswalkTable(values, settings.language)
  const allIssues = [...(row.issues ?? []), ...issues]
  if (row.cells.length > plan.header.length && row.cells.slice(plan.header.length).some((cell) => cell.trim() !== '')) {
    allIssues.push(
      ragged(`${row.cells.length} cells, but the header has ${plan.header.length}; a cell with the delimiter in it needs quotation marks`),
    )
  } else if (row.text !== undefined && row.cells.length < plan.header.length) {
    allIssues.push(ragged(`only ${row.cells.length} of ${plan.header.length} cells`))
  }
  if (row.cells.some((cell) => cell.includes('\ufffd'))) allIssues.push(replaced)
  const given = values.find((value) => value.field === 'identifier' && value.text.trim() !== '')?.text
  const identifier = given && toPlainText(given)
  if (!identifier) allIssues.push(unidentified)
  return {
    type: 'record',
    identifier: identifier ? identifier.slice(0, 1000) : toIdentifier(row, values),
    metadataPrefix,
    ...(resource && { resource }),
    issues: allIssues,
  }
}

/** The same title at the same address is the same row, wherever it stands in the table. */
function toIdentifier(row: TableRow, values: readonly TableValue[]): string {
  const textOf = (field: TableValue['field']) => toPlainText(values.find((value) => value.field === field)?.text ?? '')
  const name = textOf('name')
  const url = textOf('url') || textOf('contentUrl')
  if (name !== '' && url !== '') return `row-${fingerprint(name, url)}`
  return `row-${fingerprint(...row.cells.map((cell) => cell.trim()))}`
}

const unidentified: Issue = {
  code: 'identifier.missing',
  path: 'identifier',
  message: 'The row has no identifier; a name was made from its title and address, which changes when they do. Add a column 编号 or id',
  severity: 'info',
}

const replaced: Issue = {
  code: 'charset.replaced',
  path: '',
  message: 'The row has characters that could not be decoded; save the table as UTF-8',
  severity: 'warning',
}

function ragged(what: string): Issue {
  return { code: 'row.ragged', path: '', message: `The row has ${what}`, severity: 'warning' }
}
