import type { SourceEntry } from '../crosswalks/mapping/mapping-source.js'
import type { Preview, PreviewRecord } from '../preview/preview.js'
import { toPercent } from './progress.js'
import { toResourceLines } from './resource-lines.js'
import { cut, fit, widthOf, wrap } from './text-width.js'

export interface PreviewTextOptions {
  /** Records to show beside what they were made from. */
  show: number
  /** Columns of the terminal. */
  columns: number
  /** What was looked at, for the first line. */
  title: string
}

const maxEntries = 30
const maxListed = 25

/** A preview for the terminal. */
export function toPreviewText(preview: Preview, options: PreviewTextOptions): string {
  const { records, expectedRecords } = preview
  const columns = Math.min(Math.max(options.columns, 60), 160)
  const of = expectedRecords === undefined ? '' : ` of ${expectedRecords}`
  const lines = [
    ...wrap(`${options.title}: ${records.length}${of} records looked at`, columns),
    ...records.slice(0, options.show).flatMap((record, index) => toRecordLines(record, index + 1, columns)),
    ...toCoverageLines(preview),
    ...section('Not read by any rule', preview.unread, ({ path, count, sample }) => `${count} × ${path}, e.g. ${sample}`),
    ...section('Values without a meaning', preview.unmapped, ({ path, value, count }) => `${count} × ${path} "${value}"`),
    ...toIssueLines(preview, columns),
  ]
  return `${lines.map((line) => cut(line, columns).trimEnd()).join('\n')}\n`
}

/** The raw record on the left, with a mark at what was read; what became of it on the right. */
function toRecordLines({ identifier, isDeleted, source, resource, issues }: PreviewRecord, number: number, columns: number): string[] {
  const mapped = isDeleted ? ['(deleted)'] : resource ? toResourceLines(resource) : ['(nothing that can be kept)']
  const told = issues.map(({ code, path, value }) => `! ${code}${value === undefined ? ` ${path}` : ` ${path} "${value}"`}`)
  const head = ['', `── ${number} ── ${identifier} `]
  if (!source) return [...head, ...mapped, ...told]
  const left = source.slice(0, maxEntries).map((entry) => toEntryLine(entry, source))
  if (source.length > maxEntries) left.push(`  and ${source.length - maxEntries} more`)
  const width = Math.floor((columns - 3) / 2)
  const rows = Array.from({ length: Math.max(left.length, mapped.length) }, (_, index) => {
    return `${fit(left[index] ?? '', width)} │ ${cut(mapped[index] ?? '', columns - width - 3)}`
  })
  return [...head, ...rows, ...told]
}

function toEntryLine({ path, text, isRead }: SourceEntry, all: readonly SourceEntry[]): string {
  const mark = isRead ? '✓ ' : all.some((entry) => entry.isRead) ? '· ' : ''
  return `${mark}${path}: ${text.trim()}`
}

function toCoverageLines({ coverage }: Preview): string[] {
  const { records = 0, ...fields } = coverage
  if (records === 0) return []
  const sorted = Object.entries(fields).sort(([, a], [, b]) => b - a)
  const width = Math.max(...sorted.map(([field]) => widthOf(field)))
  const bars = sorted.map(([field, count]) => {
    const filled = count === 0 ? 0 : Math.max(1, Math.round((20 * count) / records))
    return `  ${fit(field, width)}  ${'█'.repeat(filled)}${'░'.repeat(20 - filled)}  ${toPercent(count, records).padStart(5)}`
  })
  return ['', `Fields of ${records} records`, ...bars]
}

function section<Entry>(title: string, entries: readonly Entry[], toLine: (entry: Entry) => string): string[] {
  if (entries.length === 0) return []
  const rest = entries.length > maxListed ? [`  and ${entries.length - maxListed} more`] : []
  return ['', title, ...entries.slice(0, maxListed).map((entry) => `  ${toLine(entry)}`), ...rest]
}

function toIssueLines({ issues }: Preview, columns: number): string[] {
  if (issues.length === 0) return []
  const told = issues.slice(0, maxListed).flatMap(({ severity, code, count, message, samples }) => {
    const sample = samples[0] === undefined ? '' : ` (e.g. ${samples[0]})`
    return wrap(`${count} × ${severity} ${code}: ${message}${sample}`, columns - 4).map((line, index) =>
      index === 0 ? `  ${line}` : `    ${line}`,
    )
  })
  return ['', 'Issues', ...told]
}
