import type { AllianceData, ExampleRecord } from '../data/example-record.js'
import { createPlatformServer, listenOnLoopback, type Platform } from './platform.js'

const columns: readonly [header: string, value: (record: ExampleRecord) => string | undefined][] = [
  ['编号', (record) => record.id],
  ['标题', (record) => record.title],
  ['作者', (record) => record.creator],
  ['学科', (record) => record.subject?.join(';')],
  ['学段', (record) => record.stage],
  ['年级', (record) => record.grade?.join(';')],
  ['类型', (record) => record.type],
  ['语种', (record) => record.language],
  ['简介', (record) => record.description],
  ['关键词', (record) => record.keywords?.join(';')],
  ['链接', (record) => record.url],
  ['许可', (record) => record.license],
  ['更新时间', (record) => record.dateModified],
]

/** The school's library: one CSV file on its web server. (What the school makes itself, its portal pushes.) */
export async function startSchool(
  { schoolTable }: Pick<AllianceData, 'schoolTable'>,
  port?: number,
): Promise<Platform & { tableUrl: string }> {
  const table = toCsv(schoolTable)
  const server = createPlatformServer()
  server.get('/library.csv', (_request, reply) => reply.type('text/csv; charset=utf-8').send(table))
  const platform = await listenOnLoopback(server, port)
  return { ...platform, tableUrl: `${platform.url}/library.csv` }
}

/** Comma-separated, quoted where needed (RFC 4180), with the byte order mark that spreadsheet programs write. */
function toCsv(records: readonly ExampleRecord[]): string {
  const lines = [columns.map(([header]) => header), ...records.map((record) => columns.map(([, value]) => value(record) ?? ''))]
  return `\ufeff${lines.map((cells) => cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join(',')).join('\r\n')}\r\n`
}
