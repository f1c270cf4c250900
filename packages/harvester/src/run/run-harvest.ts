import { setTimeout as delay } from 'node:timers/promises'
import type { HarvestCounts, PushOutcome, PushResult } from '@edufed/sdk/schemas'
import type { ConnectorContext, HarvestEnd, HarvestPage } from '../connectors/connector.js'
import { type Hours, readHours } from '../connectors/hours.js'
import { findConnector } from '../connectors/index.js'
import { assertSettings } from '../connectors/settings-check.js'
import { HarvestError, isHarvestError } from '../errors.js'
import { createFetcher } from '../fetch/create-fetcher.js'
import { CoverageCounter } from './coverage.js'
import type { HarvestOptions, HarvestProgress, HarvestReport, HarvestSource } from './harvest.js'
import { IssueCounter } from './issue-summary.js'
import type { RecordSink } from './record-sink.js'

/** A sink that still writes when the run is cancelled is waited for so long. */
const cancelGraceMs = 1500

interface Findings {
  issues: IssueCounter
  coverage: CoverageCounter
}

type Tally = Pick<HarvestReport, 'counts' | 'pages' | 'bytes' | 'expectedRecords' | 'pausedUntil' | 'checkpoint' | 'next'>

interface DrainOptions extends HarvestOptions {
  now: () => Date
  hours: Hours | undefined
}

const maxWaitStepMs = 60_000

/** Ends a run that is not to wait for the hours of its source. */
class Pause extends Error {
  override readonly name = 'Pause'
  readonly until: Date

  constructor(until: Date) {
    super(`paused until ${until.toISOString()}`)
    this.until = until
  }
}

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
  const hours = readHours(source.settings)
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
    const end = await untilCancelled(drain(pages, sink, tally, findings, { ...options, now, hours }), options.signal)
    const { deleted } = await untilCancelled(complete(sink, end), options.signal)
    tally.counts.deleted += deleted
    tally.counts.taken += deleted
    tally.next = end.next
    delete tally.checkpoint
  } catch (thrown) {
    if (options.signal?.aborted) state = 'cancelled'
    else if (thrown instanceof Pause) {
      state = 'paused'
      tally.pausedUntil = thrown.until.toISOString()
    } else {
      state = tally.pages > 0 ? 'partial' : 'failed'
      error = toReportedError(thrown)
    }
  } finally {
    stop.abort()
    if (!options.fetcher) fetcher.close?.()
  }
  const { checkpoint, next, expectedRecords, pausedUntil, ...counted } = tally
  return {
    state,
    ...counted,
    ...(expectedRecords !== undefined ? { expectedRecords } : {}),
    ...(pausedUntil ? { pausedUntil } : {}),
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
  options: DrainOptions,
): Promise<HarvestEnd> {
  const { hours, now, signal, onProgress } = options
  await untilOpen(tally, options)
  let step = await pages.next()
  while (!step.done) {
    const page = step.value
    const following = hours?.closedUntil(now()) ? undefined : pages.next()
    // Its failure is looked at after this page is safe.
    following?.catch(() => {})
    await writePage(page, sink, tally, findings)
    onProgress?.(toProgress(tally))
    if (signal?.aborted) throw signal.reason
    if (!following) await untilOpen(tally, options)
    step = await (following ?? pages.next())
  }
  return step.value
}

/** Waits for the hours in which the source may be asked. @throws {Pause} when the run is to end instead. */
async function untilOpen(tally: Tally, { hours, now, signal, onProgress, whenClosed }: DrainOptions): Promise<void> {
  for (let until = hours?.closedUntil(now()); until; until = hours?.closedUntil(now())) {
    if (whenClosed === 'end') throw new Pause(until)
    onProgress?.({ ...toProgress(tally), pausedUntil: until.toISOString() })
    // In steps, since clocks are set and computers sleep.
    const ms = Math.min(Math.max(until.getTime() - now().getTime(), 10), maxWaitStepMs)
    await delay(ms, undefined, signal ? { signal } : {})
  }
}

function toProgress({ counts, pages, bytes, expectedRecords }: Tally): HarvestProgress {
  return { counts: { ...counts }, pages, bytes, ...(expectedRecords !== undefined ? { expectedRecords } : {}) }
}

async function writePage(page: HarvestPage, sink: RecordSink, tally: Tally, { issues, coverage }: Findings): Promise<void> {
  const { items, raw, checkpoint, repeats } = page
  const results = await write(sink, { items, raw, checkpoint, ...(repeats ? { repeats } : {}) })
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
  // Its failure may come when nobody waits for it any more.
  work.catch(() => {})
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
