import type { Coverage } from '../run/coverage.js'
import type { HarvestProgress, HarvestReport } from '../run/harvest.js'

const intervalMs = 500

/** Shows how far a run has come: one line that is rewritten on a terminal, a line every ten seconds elsewhere. */
export function createProgress(
  stream: NodeJS.WriteStream,
  isQuiet: boolean,
): { show: (progress: HarvestProgress) => void; end: () => void } {
  const startedAt = performance.now()
  const pauseMs = stream.isTTY ? intervalMs : 20 * intervalMs
  let shownAt = startedAt
  return {
    show: (progress) => {
      const now = performance.now()
      if (isQuiet || (now - shownAt < pauseMs && progress.pausedUntil === undefined)) return
      shownAt = now
      const line = toLine(progress, (now - startedAt) / 1000)
      stream.write(stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
    },
    end: () => {
      if (!isQuiet && stream.isTTY) stream.write('\r\u001b[K')
    },
  }
}

function toLine({ counts, pages, expectedRecords, pausedUntil }: HarvestProgress, seconds: number): string {
  if (pausedUntil !== undefined) return `${counts.taken} records, ${pages} pages, waits for the hours of the source until ${pausedUntil}`
  const rate = counts.taken / Math.max(seconds, 0.001)
  const left = expectedRecords !== undefined && rate > 0 ? Math.max(expectedRecords - counts.taken, 0) / rate : undefined
  const expected = expectedRecords === undefined ? '' : ` of ${expectedRecords}`
  return `${counts.taken}${expected} records, ${pages} pages, ${Math.round(rate)} records/s${left === undefined ? '' : `, ${Math.ceil(left)} s left`}`
}

/** The report in words. */
export function formatReport(report: HarvestReport): string {
  const { state, counts, pages, bytes, issues, error, startedAt, finishedAt } = report
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000
  const lines = [
    `${state}: ${counts.taken} records taken (${counts.created} created, ${counts.updated} updated, ${counts.unchanged} unchanged, ${counts.deleted} deleted, ${counts.quarantined} held back) in ${pages} pages, ${bytes} bytes, ${seconds.toFixed(1)} s`,
  ]
  if (report.coverage.records) lines.push(formatCoverage(report.coverage, report.coverage.records))
  for (const { severity, code, count, message, samples, values = [] } of issues.slice(0, 30)) {
    lines.push(`  ${severity} ${code} × ${count}: ${message}${samples[0] ? ` (e.g. ${samples[0]})` : ''}`)
    if (values.length > 0) lines.push(`    ${values.map(({ value, count: times }) => `"${value.slice(0, 60)}" × ${times}`).join(', ')}`)
  }
  if (issues.length > 30) lines.push(`  and ${issues.length - 30} other kinds of findings`)
  if (error) lines.push(`${error.code}: ${error.message}`, ...(error.fix ? [error.fix] : []))
  return `${lines.join('\n')}\n`
}

/** The share of records that have each field, the most complete first. */
function formatCoverage(coverage: Coverage, records: number): string {
  const shares = Object.entries(coverage)
    .filter(([field]) => field !== 'records')
    .sort(([, a], [, b]) => b - a)
    .map(([field, count]) => `${field} ${toPercent(count, records)}`)
  return `  of ${records} records have: ${shares.join(', ')}`
}

/** Never 0 % for some, never 100 % for not quite all. */
export function toPercent(count: number, records: number): string {
  const percent = Math.round((100 * count) / records)
  const honest = count === 0 ? 0 : count === records ? 100 : Math.min(99, Math.max(1, percent))
  return `${honest} %`
}
