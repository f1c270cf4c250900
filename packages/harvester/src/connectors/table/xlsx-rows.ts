import { HarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { TableRow } from './rows.js'
import { openWorkbook, type Workbook } from './workbook.js'
import { readXml } from './workbook-xml.js'
import { ZipError } from './zip-archive.js'

const maxColumns = 500
const maxCellChars = 200_000

export interface XlsxOptions {
  url: string
  sheet?: string
  maxBytes: number
}

/** Reads the rows of a sheet of an XLSX file, as the texts that a person sees or could type. @throws {HarvestError} */
export async function* readXlsxRows(file: Buffer, options: XlsxOptions): AsyncGenerator<TableRow> {
  try {
    const workbook = await openWorkbook(file, options.sheet, options.maxBytes)
    yield* readSheet(workbook)
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    const code = error.isTooLarge ? 'EDUFED_TABLE_TOO_LARGE' : 'EDUFED_TABLE_UNREADABLE'
    throw new HarvestError(code, { url: redactUrl(options.url), reason: error.message }, { cause: error })
  }
}

async function* readSheet(workbook: Workbook): AsyncGenerator<TableRow> {
  let rows: TableRow[] = []
  let cells: string[] = []
  let column = -1
  let type = ''
  let style = 0
  let value = ''
  let isValue = false
  let isPhonetic = false
  const handlers = {
    open(name: string, attributes: Record<string, string>) {
      if (name === 'row') {
        cells = []
        column = -1
      } else if (name === 'c') {
        column = toColumn(attributes.r) ?? column + 1
        type = attributes.t ?? 'n'
        style = Number(attributes.s ?? 0)
        value = ''
      } else if (name === 'rPh') isPhonetic = true
      isValue = (name === 'v' || name === 't') && !isPhonetic
    },
    text(part: string) {
      if (isValue && value.length < maxCellChars) value += part
    },
    close(name: string) {
      isValue = false
      if (name === 'rPh') isPhonetic = false
      else if (name === 'c' && column < maxColumns) {
        while (cells.length < column) cells.push('')
        cells[column] = toText(value, type, style, workbook)
      } else if (name === 'row') rows.push({ cells })
    },
  }
  for await (const _ of readXml(workbook.sheet, handlers)) {
    yield* rows
    rows = []
  }
}

/** B12 → 1 */
function toColumn(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (!letters) return undefined
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function toText(value: string, type: string, style: number, workbook: Workbook): string {
  if (type === 's') return workbook.sharedStrings[Number(value)] ?? ''
  if (type === 'e') return ''
  if (type === 'b') return value === '1' ? 'true' : 'false'
  if (type !== 'n' || value === '') return value
  const number = Number(value)
  if (!Number.isFinite(number)) return value
  return workbook.dateStyles[style] ? toDate(number, workbook.is1904) : String(number)
}

const dayMs = 86_400_000

/** Days are counted from 30 December 1899, or from 1 January 1904. */
function toDate(days: number, is1904: boolean): string {
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  const date = new Date(epoch + Math.round(days * 86_400) * 1000)
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999) return String(days)
  const text = date.toISOString().slice(0, 19)
  return date.getTime() % dayMs === 0 ? text.slice(0, 10) : text
}
