import type { Issue } from '@edufed/sdk/schemas'
import { HarvestError } from '../../errors.js'
import { discardBody } from '../../fetch/discard-body.js'
import type { FetchResponse } from '../../fetch/fetcher.js'
import { readBody } from '../../fetch/read-body.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { Checkpoint, ConnectorContext, HarvestEnd, HarvestItem, HarvestPage, RawResponse, SourcedItem } from '../connector.js'
import { type ColumnPlan, findHeaderRow, planColumns } from './column-plan.js'
import { readCsvRows } from './csv-rows.js'
import { isEmptyRow, type TableRow, toItem, toSourcedItem } from './rows.js'
import type { TableSettings } from './settings.js'
import { readXlsxRows } from './xlsx-rows.js'

const rowsPerPage = 1000
const charsPerPage = 8_000_000
const rowsBeforeHeader = 100
export const defaultMaxWorkbookBytes = 52_428_800
const defaultMaxBytes = 1_073_741_824
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Reads a table in pages of rows. A table that the server says is unchanged is not read again. */
export async function* readPages(settings: TableSettings, context: ConnectorContext): AsyncGenerator<HarvestPage, HarvestEnd> {
  const response = await openTable(settings, context)
  if (response.status === 304) return { next: context.since ?? {}, isFullList: false }
  const issues: Issue[] = []
  const { rows, kept } = await openRows(response, settings, context, issues)
  const seen = new Set<string>()
  let raw: RawResponse[] = kept ? [kept] : []
  for await (const batch of readBatches(rows, settings)) {
    const items = batch.rows.map((row) => toItem(row, batch.plan, settings))
    if (!kept) raw = [toRaw(batch, response.url, context)]
    if (batch.isFirst) issues.push(...batch.plan.issues)
    issues.push(...findRepeated(items, seen), ...noteEmptyRows(batch.empty))
    yield { items, raw, checkpoint: { row: batch.lastRow }, issues: issues.splice(0) }
    raw = []
  }
  if (issues.length > 0) yield { items: [], raw: [], checkpoint: {}, issues }
  return { next: toValidators(response), isFullList: true }
}

/** Items out of what was kept of a table: a workbook, or rows with their header. */
export async function readSourcedItems(raw: RawResponse, settings: TableSettings): Promise<SourcedItem[]> {
  const isWorkbook = raw.mediaType === workbookType
  const rows = isWorkbook
    ? readXlsxRows(Buffer.from(raw.body), toXlsxOptions(settings))
    : readCsvRows(oneChunk(raw.body), {
        url: raw.url,
        mediaType: raw.mediaType,
        ...(settings.delimiter && { delimiter: settings.delimiter }),
      })
  const items: SourcedItem[] = []
  const { headerRow: _, ...others } = settings
  for await (const { plan, rows: batch } of readBatches(rows, isWorkbook ? settings : { ...others, headerRow: 1 })) {
    for (const row of batch) items.push(toSourcedItem(row, plan, settings))
  }
  return items
}

async function openTable(settings: TableSettings, { fetcher, signal, since }: ConnectorContext): Promise<FetchResponse> {
  const { etag, lastModified } = since ?? {}
  const response = await fetcher.get(settings.url, {
    signal,
    accept: `text/csv, ${workbookType}, */*;q=0.5`,
    maxBytes: settings.maxBytes ?? defaultMaxBytes,
    headers: {
      ...(typeof etag === 'string' && { 'if-none-match': etag }),
      ...(typeof lastModified === 'string' && { 'if-modified-since': lastModified }),
    },
  })
  if (response.status !== 200) await discardBody(response)
  const isUnchanged = response.status === 304 && (typeof etag === 'string' || typeof lastModified === 'string')
  if (response.status !== 200 && !isUnchanged) {
    throw new HarvestError('EDUFED_FETCH_STATUS', { url: redactUrl(settings.url), status: response.status })
  }
  return response
}

/** By the first four bytes of the file. */
const otherFormats: Record<string, string> = {
  '\u00d0\u00cf\u0011\u00e0': 'it is an old XLS or a protected file',
  '%PDF': 'it is a PDF file',
}

/** Finds out by the first bytes what the table is. A workbook is kept whole; rows of a CSV file are kept with each page. */
async function openRows(
  response: FetchResponse,
  settings: TableSettings,
  context: ConnectorContext,
  issues: Issue[],
): Promise<{ rows: AsyncGenerator<TableRow>; kept?: RawResponse }> {
  const { first, all } = await peek(response.body)
  const magic = first.subarray(0, 4).toString('latin1')
  const other = otherFormats[magic]
  if (other) {
    await discardBody({ body: all })
    throw unreadable(settings, other)
  }
  if (magic === 'PK\u0003\u0004') {
    const body = await readBody({ body: limit(all, settings) })
    const kept = { url: response.url, mediaType: workbookType, retrievedAt: context.now().toISOString(), body }
    return { rows: readXlsxRows(body, toXlsxOptions(settings)), kept }
  }
  const contentType = response.headers['content-type']
  const mediaType = Array.isArray(contentType) ? contentType[0] : contentType
  const rows = readCsvRows(all, {
    url: settings.url,
    ...(mediaType && { mediaType }),
    ...(settings.delimiter && { delimiter: settings.delimiter }),
    onFinding: ({ code, message }) => issues.push({ code, path: '', message, severity: code === 'charset.detected' ? 'info' : 'warning' }),
  })
  return { rows }
}

interface Batch {
  plan: ColumnPlan
  headerText?: string
  rows: TableRow[]
  empty: number
  /** Number of the last row, counted from 1. */
  lastRow: number
  firstRow: number
  isFirst: boolean
}

/** Finds the header, then gathers rows. A table with a header and no rows gives one empty batch. */
async function* readBatches(rows: AsyncGenerator<TableRow>, settings: TableSettings): AsyncGenerator<Batch> {
  const { head, isAll } = await takeRows(rows, Math.max(settings.headerRow ?? 0, 10))
  const headerIndex = findHeaderRow(
    head.map((row) => row.cells),
    settings,
  )
  const header = head[headerIndex]
  if (!header || headerIndex >= rowsBeforeHeader) throw unreadable(settings, 'it has no rows')
  const plan = planColumns(header.cells, settings)
  let number = headerIndex + 1
  const empty = (isFirst: boolean): Batch => ({
    plan,
    ...(header.text !== undefined && { headerText: header.text }),
    rows: [],
    empty: 0,
    firstRow: number + 1,
    lastRow: number,
    isFirst,
  })
  let batch = empty(true)
  let chars = 0
  for await (const row of chain(head.slice(headerIndex + 1), isAll ? undefined : rows)) {
    number++
    batch.lastRow = number
    if (isEmptyRow(row)) batch.empty++
    else batch.rows.push(row)
    chars += row.text?.length ?? 0
    if (batch.rows.length >= rowsPerPage || chars >= charsPerPage) {
      yield batch
      batch = empty(false)
      chars = 0
    }
  }
  if (batch.isFirst || batch.rows.length > 0 || batch.empty > 0) yield batch
}

async function takeRows(rows: AsyncGenerator<TableRow>, count: number): Promise<{ head: TableRow[]; isAll: boolean }> {
  const head: TableRow[] = []
  while (head.length < count) {
    const next = await rows.next()
    if (next.done) return { head, isAll: true }
    head.push(next.value)
  }
  return { head, isAll: false }
}

async function* chain(head: readonly TableRow[], rest: AsyncGenerator<TableRow> | undefined): AsyncGenerator<TableRow> {
  yield* head
  if (rest) yield* rest
}

/** The rows of a page as a small CSV file of their own; the fragment is that of RFC 7111. */
function toRaw(batch: Batch, url: string, context: ConnectorContext): RawResponse {
  const lines = [batch.headerText ?? '', ...batch.rows.map((row) => row.text ?? '')].map((line) => line.replace(/\r?\n?$/, '\n'))
  return {
    url: `${url.replace(/#.*$/, '')}#row=${batch.firstRow}-${batch.lastRow}`,
    mediaType: 'text/csv; charset=utf-8; header=present',
    retrievedAt: context.now().toISOString(),
    body: Buffer.from(lines.join('')),
  }
}

function findRepeated(items: readonly HarvestItem[], seen: Set<string>): Issue[] {
  const repeated: string[] = []
  for (const { identifier } of items) {
    if (seen.has(identifier)) repeated.push(identifier)
    seen.add(identifier)
  }
  if (repeated.length === 0) return []
  const message = `${repeated.length} rows have an identifier that an earlier row has, e.g. ${repeated[0]?.slice(0, 100)}; the last row of an identifier holds`
  return [{ code: 'identifier.duplicate', path: 'identifier', message, severity: 'warning' }]
}

function noteEmptyRows(count: number): Issue[] {
  return count === 0 ? [] : [{ code: 'row.empty', path: '', message: `${count} empty rows were left out`, severity: 'info' }]
}

function toValidators(response: FetchResponse): Checkpoint {
  const { etag, 'last-modified': lastModified } = response.headers
  return { ...(typeof etag === 'string' && { etag }), ...(typeof lastModified === 'string' && { lastModified }) }
}

function toXlsxOptions(settings: TableSettings): { url: string; sheet?: string; maxBytes: number } {
  return {
    url: settings.url,
    ...(settings.sheet !== undefined && { sheet: settings.sheet }),
    maxBytes: settings.maxWorkbookBytes ?? defaultMaxWorkbookBytes,
  }
}

async function* limit(body: AsyncIterable<Uint8Array>, settings: TableSettings): AsyncGenerator<Uint8Array> {
  const max = settings.maxWorkbookBytes ?? defaultMaxWorkbookBytes
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > max)
      throw new HarvestError('EDUFED_TABLE_TOO_LARGE', { url: redactUrl(settings.url), reason: `the XLSX file has more than ${max} bytes` })
    yield chunk
  }
}

async function peek(body: AsyncIterable<Uint8Array>): Promise<{ first: Buffer; all: AsyncGenerator<Uint8Array> }> {
  const iterator = body[Symbol.asyncIterator]()
  let first = Buffer.alloc(0)
  let isDone = false
  while (first.length < 4 && !isDone) {
    const next = await iterator.next()
    if (next.done) isDone = true
    else first = Buffer.concat([first, next.value])
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield first
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return { first, all: all() }
}

async function* oneChunk(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body
}

function unreadable(settings: TableSettings, reason: string): HarvestError {
  return new HarvestError('EDUFED_TABLE_UNREADABLE', { url: redactUrl(settings.url), reason })
}
