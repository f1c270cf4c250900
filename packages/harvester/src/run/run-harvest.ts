import type { HarvestCounts, PushOutcome, PushResult } from '@edufed/sdk/schemas'
import type { ConnectorContext, HarvestEnd, HarvestPage } from '../connectors/connector.js'
import { findConnector } from '../connectors/index.js'
import { assertSettings } from '../connectors/settings-check.js'
import { HarvestError, isHarvestError } from '../errors.js'
import { createFetcher } from '../fetch/create-fetcher.js'
import { CoverageCounter } from './coverage.js'
import type { HarvestOptions, HarvestReport, HarvestSource } from './harvest.js'
import { IssueCounter } from './issue-summary.js'
import type { RecordSink } from './record-sink.js'

/** A sink that still writes when the run is cancelled is waited for so long. */
const cancelGraceMs = 1500

interface Findings {
  issues: IssueCounter
  coverage: CoverageCounter
}

type Tally = Pick<HarvestReport, 'counts' | 'pages' | 'bytes' | 'expectedRecords' | 'checkpoint' | 'next'>

/**
 * Harvests a source into a sink, page by page. What the sink has acknowledged is kept whatever happens later.
 *
 * A bad record is counted and reported, never thrown. A source that cannot be read on ends the run with state `partial` or `failed`, and a
 * checkpoint to resume behind the last page that was kept.
 *
 * @returns What was done; `state` is `completed` only when the source's list was read to its end.
 * @throws {HarvestError} `EDUFED_CONNECTOR_UNKNOWN` or `EDUFED_SETTINGS_INVALID`, before anything is fetched.
 * @example
 * ```ts
 * const report = await harvest({ kind: 'oai-pmh', settings: { url: 'https://example.org/oai' } }, sink)
 * console.log(report.state, report.counts)
 * ```
 */
export async function harvest(source: HarvestSource, sink: RecordSink, options: HarvestOptions = {}): Promise<HarvestReport> {
  const connector = findConnector(source.kind)
  assertSettings(connector, source.settings)
  const now = options.now ?? (() => new Date())
  const startedAt = now().toISOString()
  const fetcher = options.fetcher ?? createFetcher({ allowNetworks: options.allowNetworks ?? [], now })
  const stop = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal
  const findings = { issues: new IssueCounter(), coverage: new CoverageCounter() }
  const tally: Tally = { counts: emptyCounts(), pages: 0, bytes: 0, ...(options.checkpoint ? { checkpoint: options.checkpoint } : {}) }
  const context: ConnectorContext = {
    fetcher,
    signal,
    now,
    ...(options.checkpoint ? { checkpoint: options.checkpoint } : {}),
    ...(options.since ? { since: options.since } : {}),
    ...(options.threads ? { threads: options.threads } : {}),
  }

  let state: HarvestReport['state'] = 'completed'
  let error: HarvestReport['error']
  try {
    const pages = connector.pages(source.settings, context)
    const end = await untilCancelled(drain(pages, sink, tally, findings, options), options.signal)
    const { deleted } = await untilCancelled(complete(sink, end), options.signal)
    tally.counts.deleted += deleted
    tally.counts.taken += deleted
    tally.next = end.next
    delete tally.checkpoint
  } catch (thrown) {
    if (options.signal?.aborted) state = 'cancelled'
    else {
      state = tally.pages > 0 ? 'partial' : 'failed'
      error = toReportedError(thrown)
    }
  } finally {
    stop.abort()
    if (!options.fetcher) fetcher.close?.()
  }
  const { checkpoint, next, expectedRecords, ...counted } = tally
  return {
    state,
    ...counted,
    ...(expectedRecords !== undefined ? { expectedRecords } : {}),
    issues: findings.issues.list(),
    coverage: findings.coverage.toCoverage(),
    ...(error ? { error } : {}),
    ...(checkpoint ? { checkpoint } : {}),
    ...(next ? { next } : {}),
    startedAt,
    finishedAt: now().toISOString(),
  }
}

/** Fetches the next page while the sink writes the one before; writes in order, one at a time. */
async function drain(
  pages: AsyncGenerator<HarvestPage, HarvestEnd>,
  sink: RecordSink,
  tally: Tally,
  findings: Findings,
  options: HarvestOptions,
): Promise<HarvestEnd> {
  let step = await pages.next()
  while (!step.done) {
    const page = step.value
    const following = pages.next()
    // Its failure is looked at after this page is safe.
    following.catch(() => {})
    await writePage(page, sink, tally, findings)
    const { counts, pages: count, bytes, expectedRecords } = tally
    options.onProgress?.({ counts: { ...counts }, pages: count, bytes, ...(expectedRecords !== undefined ? { expectedRecords } : {}) })
    if (options.signal?.aborted) throw options.signal.reason
    step = await following
  }
  return step.value
}

async function writePage(page: HarvestPage, sink: RecordSink, tally: Tally, { issues, coverage }: Findings): Promise<void> {
  const { items, raw, checkpoint } = page
  const results = await write(sink, { items, raw, checkpoint })
  for (const [index, { outcome, issues: found }] of results.entries()) {
    tally.counts[outcome]++
    tally.counts.taken++
    const item = items[index]
    const identifier = item?.identifier || '(without identifier)'
    const own = item?.issues ?? []
    for (const issue of own) issues.add(issue, identifier)
    for (const issue of found)
      if (!own.some((known) => known.code === issue.code && known.path === issue.path)) issues.add(issue, identifier)
  }
  for (const item of items) coverage.add(item)
  for (const issue of page.issues ?? []) issues.add(issue)
  tally.pages++
  for (const { body } of raw) tally.bytes += body.byteLength
  if (page.expectedRecords !== undefined) tally.expectedRecords = page.expectedRecords
  tally.checkpoint = checkpoint
}

async function write(sink: RecordSink, page: Parameters<RecordSink['write']>[0]): Promise<PushResult[]> {
  let results: PushResult[]
  try {
    results = await sink.write(page)
  } catch (cause) {
    if (isHarvestError(cause)) throw cause
    throw new HarvestError('EDUFED_SINK_FAILED', { reason: cause instanceof Error ? cause.message : String(cause) }, { cause })
  }
  if (results.length === page.items.length) return results
  throw new HarvestError('EDUFED_SINK_FAILED', { reason: `${results.length} results for ${page.items.length} records` })
}

async function complete(sink: RecordSink, { next, isFullList }: HarvestEnd): Promise<{ deleted: number }> {
  try {
    return await sink.complete({ next, isFullList })
  } catch (cause) {
    if (isHarvestError(cause)) throw cause
    throw new HarvestError('EDUFED_SINK_FAILED', { reason: cause instanceof Error ? cause.message : String(cause) }, { cause })
  }
}

/** The result of the work, or, soon after the signal, its reason: nothing may hold up a run that was cancelled. */
async function untilCancelled<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return work
  signal.throwIfAborted()
  let timer: NodeJS.Timeout | undefined
  let onAbort = () => {}
  const cancelled = new Promise<never>((_, reject) => {
    onAbort = () => {
      timer = setTimeout(() => reject(signal.reason), cancelGraceMs)
    }
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([work, cancelled])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
    work.catch(() => {})
  }
}

function toReportedError(thrown: unknown): NonNullable<HarvestReport['error']> {
  if (isHarvestError(thrown)) return { code: thrown.code, message: thrown.message, fix: thrown.fix }
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  const { code, message, fix } = new HarvestError('EDUFED_HARVEST_STOPPED', { reason })
  return { code, message, fix }
}

function emptyCounts(): HarvestCounts & Record<PushOutcome, number> {
  return { taken: 0, created: 0, updated: 0, unchanged: 0, deleted: 0, quarantined: 0 }
}
