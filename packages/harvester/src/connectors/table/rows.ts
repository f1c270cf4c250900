import type { Issue, ResourceDraft } from '@edufed/sdk/schemas'
import type { CrosswalkResult } from '../../crosswalks/crosswalk.js'
import type { FieldValue } from '../../crosswalks/field-value.js'
import { mapRecord } from '../../crosswalks/mapping/map-record.js'
import { RowSource } from '../../crosswalks/mapping/row-source.js'
import { valuesToResource } from '../../crosswalks/values-to-resource.js'
import { fingerprint } from '../../quality/fingerprint.js'
import { toPlainText } from '../../quality/text.js'
import type { HarvestItem, SourcedItem } from '../connector.js'
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
  return readRow(row, new RowSource(plan.header, row.cells, plan.indexes), plan, settings)
}

/** The same, with the cells of the row by the names of their columns. */
export function toSourcedItem(row: TableRow, plan: ColumnPlan, settings: TableSettings): SourcedItem {
  const source = new RowSource(plan.header, row.cells, plan.indexes)
  return { item: readRow(row, source, plan, settings), source: source.entries() }
}

function readRow(row: TableRow, source: RowSource, plan: ColumnPlan, settings: TableSettings): HarvestItem {
  const {
    resource,
    issues,
    identifier: mapped,
  } = plan.mapping
    ? mapRecord(plan.mapping, source, { ...(settings.language && { language: settings.language }) })
    : readColumns(plan, source, settings)
  const allIssues = [...(row.issues ?? []), ...issues]
  if (row.cells.length > plan.header.length && row.cells.slice(plan.header.length).some((cell) => cell.trim() !== '')) {
    allIssues.push(
      ragged(`${row.cells.length} cells, but the header has ${plan.header.length}; a cell with the delimiter in it needs quotation marks`),
    )
  } else if (row.text !== undefined && row.cells.length < plan.header.length) {
    allIssues.push(ragged(`only ${row.cells.length} of ${plan.header.length} cells`))
  }
  if (row.cells.some((cell) => cell.includes('\ufffd'))) allIssues.push(replaced)
  const own = plan.identifierIndex === undefined ? mapped : source.readAt(plan.identifierIndex)
  const identifier = own && toPlainText(own)
  if (!identifier) allIssues.push(unidentified)
  return {
    type: 'record',
    identifier: identifier ? identifier.slice(0, 1000) : toIdentifier(row, resource),
    metadataPrefix,
    ...(resource && { resource }),
    issues: allIssues,
  }
}

function readColumns(plan: ColumnPlan, source: RowSource, settings: TableSettings): CrosswalkResult & { identifier?: string } {
  const values = plan.columns.map(({ index, ...column }): FieldValue => ({ ...column, text: source.readAt(index) }))
  const identifier = values.find(({ field, text }) => field === 'identifier' && text.trim() !== '')?.text
  const result = valuesToResource(values, { ...(settings.language && { language: settings.language }) })
  return { ...result, ...(identifier && { identifier }) }
}

/** The same title at the same address is the same row, wherever it stands in the table. */
function toIdentifier(row: TableRow, resource: ResourceDraft | undefined): string {
  const name = Object.values(resource?.name ?? {})[0]
  const url = resource?.url ?? resource?.encoding?.[0]?.contentUrl
  if (name !== undefined && url !== undefined) return `row-${fingerprint(name, url)}`
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
