import { setTimeout as delay } from 'node:timers/promises'
import type { Issue } from '@edufed/sdk/schemas'
import { HarvestError, isHarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import { fingerprint } from '../../quality/fingerprint.js'
import type { ConnectorContext, HarvestEnd, HarvestItem, HarvestPage, RawResponse } from '../connector.js'
import { type ListedPage, readPageList } from './page-list.js'
import { type PageResult, readPage } from './read-page.js'
import { createRobots } from './robots.js'
import type { SitemapSettings } from './settings.js'
import { identifiersOf, type KnownPages, readState, toState } from './state.js'

const pagesPerStep = 40
/** After so many pages in a row that could not be read the site is taken to be down. */
const failuresInRow = 20

/**
 * Reads the pages that the sitemaps of a site name. A later run reads those whose `lastmod` is another one or absent, and tells those that are no
 * longer named as deleted. A page that cannot be read is reported, and asked for again in the next run.
 *
 * @throws {HarvestError} When the sitemaps cannot be read, when the site goes down, or at the end when more than a tenth of the pages failed.
 */
export async function* readPages(settings: SitemapSettings, context: ConnectorContext): AsyncGenerator<HarvestPage, HarvestEnd> {
  const robots = createRobots(context)
  const list = await readPageList(settings, robots, context)
  const plan = planRun(list.pages, readState(context.since))
  const digest = fingerprint(...plan.toRead.map(({ url, lastmod }) => `${url} ${lastmod ?? ''}`))
  const resumed = readCheckpoint(context, digest)
  const failed: string[] = []
  const byUrl = new Map(plan.toRead.map((page) => [page.url, page]))
  const again = (resumed?.failed ?? []).map((url) => byUrl.get(url)).filter((page) => page !== undefined)
  const queue = [...again, ...plan.toRead.slice(resumed?.done ?? 0)]
  const firstDone = (resumed?.done ?? 0) - again.length
  let raw: RawResponse[] = list.raw
  let issues = list.issues
  let failuresSoFar = 0
  let lastFailure: HarvestError | undefined
  const counts = new Map<string, { count: number; sample: string }>()

  if (plan.gone.length > 0) {
    const items = plan.gone.map((identifier): HarvestItem => ({ type: 'deleted', identifier }))
    yield { items, raw: raw.splice(0), checkpoint: context.checkpoint ?? {}, issues: issues.splice(0) }
  }
  for (let start = 0; start < queue.length; start += pagesPerStep) {
    const batch = queue.slice(start, start + pagesPerStep)
    const results = await readBatch(batch, settings, context, robots)
    const items: HarvestItem[] = []
    for (const [index, result] of results.entries()) {
      const page = batch[index] as ListedPage
      items.push(...applyResult(result, page, plan.known))
      if (result.raw) raw.push(result.raw)
      failuresSoFar = result.failure ? failuresSoFar + 1 : 0
      if (result.failure) {
        lastFailure = result.failure
        failed.push(page.url)
        issues.push(toFailedIssue(page.url, result.failure))
      } else if (result.note) {
        const noted = counts.get(result.note) ?? { count: 0, sample: page.url }
        counts.set(result.note, { ...noted, count: noted.count + 1 })
      }
      if (failuresSoFar >= failuresInRow && lastFailure) throw lastFailure
    }
    const isLast = start + pagesPerStep >= queue.length
    if (isLast) issues.push(...toNotes(counts))
    const done = Math.max(firstDone + start + batch.length, resumed?.done ?? 0)
    yield { items, raw, checkpoint: { digest, done, failed: [...failed] }, expectedRecords: plan.toRead.length, issues }
    raw = []
    issues = []
  }
  if (raw.length > 0 || issues.length > 0) yield { items: [], raw, checkpoint: { digest, done: plan.toRead.length, failed }, issues }
  if (lastFailure && failed.length > queue.length / 10) {
    const values = { failed: failed.length, total: queue.length, url: redactUrl(settings.url), reason: lastFailure.message }
    throw new HarvestError('EDUFED_SITEMAP_PAGES_FAILED', values, { cause: lastFailure })
  }
  return toEnd(plan, failed.length > 0, resumed !== undefined, context)
}

/** A run that does not know all pages is followed by one that reads them all and compares; pages that fail for good cause one such run only. */
function toEnd(plan: Plan, hasFailed: boolean, isResumed: boolean, { since }: ConnectorContext): HarvestEnd {
  if (isResumed) return { next: {}, isFullList: false }
  if (!plan.isFull || hasFailed) {
    const isUnsure = plan.isFull && !plan.knewBefore && since?.hasFailed !== true
    return { next: isUnsure ? { hasFailed: true } : toState(plan.known), isFullList: false }
  }
  const listed = new Set(plan.toRead.map(({ url }) => url))
  return { next: toState(new Map([...plan.known].filter(([url]) => listed.has(url)))), isFullList: true }
}

interface Plan {
  toRead: ListedPage[]
  /** Identifiers of records whose page is no longer named. */
  gone: string[]
  known: KnownPages
  isFull: boolean
  /** What is known of the pages comes from an earlier run. */
  knewBefore: boolean
}

/** When a large part of the pages is no longer named, everything is read again, so that the brake on deletions can hold. */
function planRun(pages: readonly ListedPage[], known: KnownPages | undefined): Plan {
  const full = { toRead: [...pages], gone: [], known: new Map(known), isFull: true, knewBefore: known !== undefined }
  if (!known) return full
  const listed = new Set(pages.map(({ url }) => url))
  const gone = [...known].filter(([url]) => !listed.has(url))
  if (gone.length > Math.max(known.size / 10, 1)) return full
  const toRead = pages.filter(({ url, lastmod }) => lastmod === undefined || known.get(url)?.lastmod !== lastmod)
  const rest: KnownPages = new Map([...known].filter(([url]) => listed.has(url)))
  return { toRead, gone: gone.flatMap(([url, page]) => identifiersOf(url, page)), known: rest, isFull: false, knewBefore: true }
}

function readCheckpoint({ checkpoint }: ConnectorContext, digest: string): { done: number; failed: string[] } | undefined {
  if (checkpoint?.digest !== digest || typeof checkpoint.done !== 'number' || checkpoint.done <= 0) return undefined
  const failed = Array.isArray(checkpoint.failed) ? checkpoint.failed.filter((url) => typeof url === 'string') : []
  return { done: checkpoint.done, failed }
}

async function readBatch(
  batch: readonly ListedPage[],
  settings: SitemapSettings,
  context: ConnectorContext,
  robots: ReturnType<typeof createRobots>,
): Promise<PageResult[]> {
  const results: PageResult[] = new Array(batch.length)
  const pending = [...batch.entries()]
  const work = async (): Promise<void> => {
    for (let next = pending.shift(); next; next = pending.shift()) {
      const [index, page] = next
      results[index] = await readPage(page, settings, context, robots)
    }
  }
  const [first] = batch
  const pauseMs = first ? await robots.pauseMs(first.url).catch(asNoPause) : 0
  if (pauseMs > 0) {
    for (const [index, page] of batch.entries()) {
      results[index] = await readPage(page, settings, context, robots)
      await delay(pauseMs, undefined, { signal: context.signal })
    }
    return results
  }
  await Promise.all(Array.from({ length: settings.parallelRequests ?? 4 }, work))
  return results
}

/** The page itself reports why robots.txt cannot be had. */
function asNoPause(error: unknown): number {
  if (isHarvestError(error)) return 0
  throw error
}

/** The items of a page, those of its records that it no longer has, and what is to be known of it. */
function applyResult(result: PageResult, { url, lastmod }: ListedPage, known: KnownPages): HarvestItem[] {
  const before = known.get(url)
  if (result.failure) {
    // Without lastmod it is read again in the next run.
    if (before) known.set(url, { ...(before.identifiers && { identifiers: before.identifiers }) })
    return []
  }
  const identifiers = result.items.filter(({ type }) => type === 'record').map(({ identifier }) => identifier)
  const isPlain = identifiers.length === 1 && identifiers[0] === url
  known.set(url, { ...(lastmod && { lastmod }), ...(!isPlain && { identifiers }) })
  const named = new Set(result.items.map(({ identifier }) => identifier))
  const lost = before ? identifiersOf(url, before).filter((identifier) => !named.has(identifier)) : []
  return [...result.items, ...lost.map((identifier): HarvestItem => ({ type: 'deleted', identifier }))]
}

function toFailedIssue(url: string, failure: HarvestError): Issue {
  return {
    code: 'page.failed',
    path: redactUrl(url),
    message: `${failure.message}; it is asked for again in the next run`,
    severity: 'error',
  }
}

const notes: Record<string, { severity: Issue['severity']; what: string }> = {
  'page.noMetadata': { severity: 'info', what: 'pages have neither JSON-LD nor Dublin Core about a resource and were left out' },
  'page.notHtml': { severity: 'info', what: 'addresses lead to files that are no web pages and were left out' },
  'page.disallowed': { severity: 'warning', what: 'pages are forbidden by robots.txt and were not read' },
}

function toNotes(counts: ReadonlyMap<string, { count: number; sample: string }>): Issue[] {
  return [...counts].map(([code, { count, sample }]) => ({
    code,
    path: '',
    message: `${count} ${notes[code]?.what ?? 'pages were left out'}, e.g. ${redactUrl(sample)}`,
    severity: notes[code]?.severity ?? 'info',
  }))
}
