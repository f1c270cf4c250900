import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { HarvestError } from '../../errors.js'
import { type CharsetFinding, createCharsetDecoder } from '../../fetch/charset.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { TableRow } from './rows.js'

const maxRowChars = 4_000_000
const delimiters = [',', '\t', ';', '|', '，', '；']

export interface CsvOptions {
  url: string
  mediaType?: string
  delimiter?: string
  /** Told about the encoding, when there is something to tell. */
  onFinding?: (finding: CharsetFinding) => void
}

/** Reads the rows of a CSV file as a stream: one row at a time in memory. @throws {HarvestError} `EDUFED_TABLE_UNREADABLE` */
export async function* readCsvRows(body: AsyncIterable<Uint8Array>, options: CsvOptions): AsyncGenerator<TableRow> {
  const texts = decodeChunks(body, options)
  const { head, rest } = await takeHead(texts)
  assertNoMarkup(head, options.url)
  const delimiter = options.delimiter ?? findDelimiter(head)
  const parser = parse({
    delimiter,
    raw: true,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: maxRowChars,
  })
  const source = Readable.from(rest, { objectMode: true })
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  try {
    for await (const parsed of parser as AsyncIterable<{ record: string[]; raw: string }>) yield { cells: parsed.record, text: parsed.raw }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) {
      throw new HarvestError(
        'EDUFED_TABLE_UNREADABLE',
        { url: redactUrl(options.url), reason: error.message.slice(0, 200) },
        { cause: error },
      )
    }
    throw error
  } finally {
    source.destroy()
    parser.destroy()
  }
}

async function* decodeChunks(body: AsyncIterable<Uint8Array>, options: CsvOptions): AsyncGenerator<string> {
  const decoder = createCharsetDecoder(options.mediaType)
  for await (const chunk of body) yield decoder.decode(chunk)
  yield decoder.end()
  for (const finding of decoder.findings) options.onFinding?.(finding)
}

/** The first line, and all texts again. */
async function takeHead(texts: AsyncGenerator<string>): Promise<{ head: string; rest: AsyncGenerator<string> }> {
  let head = ''
  let isDone = false
  while (!isDone && head.length < maxRowChars && !/[^\s][^\n]*\n/.test(head)) {
    const next = await texts.next()
    if (next.done) isDone = true
    else head += next.value
  }
  async function* all(): AsyncGenerator<string> {
    if (head !== '') yield head
    yield* texts
  }
  return { head, rest: all() }
}

function assertNoMarkup(head: string, url: string): void {
  if (!/^\s*<(!doctype|html|head|body|\?xml|rss|oai-pmh)/i.test(head.replace(/^\ufeff/, ''))) return
  throw new HarvestError('EDUFED_TABLE_UNREADABLE', { url: redactUrl(url), reason: 'a web page or XML came instead' })
}

/** The delimiter that the first line has most of, outside of quotation marks. */
function findDelimiter(head: string): string {
  const line = (head.split(/\r?\n/).find((candidate) => candidate.trim() !== '') ?? '').replace(/"[^"]*"/g, '')
  const counts = delimiters.map((delimiter) => ({ delimiter, count: line.split(delimiter).length - 1 }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter
}
