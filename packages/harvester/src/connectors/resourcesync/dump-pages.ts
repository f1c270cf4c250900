import type { Issue } from '@edufed/sdk/schemas'
import { fingerprint } from '../../quality/fingerprint.js'
import type { Checkpoint, ConnectorContext, HarvestEnd, HarvestItem, HarvestPage } from '../connector.js'
import { readState, toState } from '../known-documents.js'
import type { SitemapEntry } from '../sitemap/sitemap-document.js'
import { type Capabilities, toAddress } from './capabilities.js'
import { type DumpRun, readPackages } from './dump-packages.js'
import { isBefore, readEntries } from './entries.js'
import { applyChanges, changesOnly, lastOf, timeOf, toMetadataDocuments, toUndescribedIssues } from './metadata-documents.js'
import type { ResourceSyncSettings } from './settings.js'

const maxPackages = 10_000
const beginning = '0001-01-01T00:00:00Z'

/** Reads everything that the resource dump of a source holds; nothing when its packages are those of the run before. */
export async function* readResourceDump(
  { resourceDumps, raw }: Capabilities,
  settings: ResourceSyncSettings,
  context: ConnectorContext,
): AsyncGenerator<HarvestPage, HarvestEnd> {
  const { entries: packages, at, raw: lists } = await readEntries(resourceDumps, { limit: maxPackages, what: 'packages' }, context)
  const before = readState(context.since)
  const prints = packages.flatMap(toPrint)
  const isUnchanged = packages.length > 0 && prints.length === packages.length && prints.every(isIn(readPrints(context.since)))
  const head = { raw: [...raw, ...lists], issues: [] }
  if (before && isUnchanged) {
    yield { items: [], raw: head.raw, checkpoint: {} }
    return { next: { ...context.since, ...(at && { at }) }, isFullList: false }
  }

  const known = new Map(before)
  const plan = (entries: readonly SitemapEntry[]) => {
    const files = lastOf(entries)
    const { documents, undescribed } = toMetadataDocuments([...files.values()])
    return { toRead: documents, files, issues: toUndescribedIssues(undescribed) }
  }
  const listed = new Set<string>()
  const outcome = yield* readPackages({ kind: 'resourcedump', packages, known, head, plan, gone: new Set(), listed }, settings, context)
  if (!outcome.isKnown) return { next: {}, isFullList: false }
  // What could not be read may hold records that were known: none is deleted, and the next run reads on.
  if (outcome.hasFailed) return { next: toState(known), isFullList: false }
  const living = new Map([...known].filter(([url]) => listed.has(url)))
  return { next: { ...toState(living), ...(at && { at }), packages: prints }, isFullList: true }
}

/**
 * Follows the change dumps of a source.
 *
 * @returns Undefined, before any page, when the source is to be read whole instead: the changes do not reach back to the run before.
 */
export async function* readChangeDump(
  { resourceLists, resourceDumps, changeDumps, raw }: Capabilities,
  settings: ResourceSyncSettings,
  context: ConnectorContext,
): AsyncGenerator<HarvestPage, HarvestEnd | undefined> {
  const before = readState(context.since)
  const since = before && typeof context.since?.at === 'string' ? context.since.at : beginning
  const hasWhole = resourceLists.length + resourceDumps.length > 0
  if (hasWhole && since === beginning) return undefined
  const { entries, from, raw: lists } = await readEntries(changeDumps, { limit: maxPackages, what: 'packages', since }, context)
  if (hasWhole && from !== undefined && isBefore(since, from)) return undefined
  const isRead = isIn(readPrints(context.since))
  const packages = inOrder(entries).filter(
    (entry) => !(entry.md.until !== undefined && isBefore(entry.md.until, since)) && !toPrint(entry).some(isRead),
  )
  const head = { raw: [...raw, ...lists], issues: hasWhole ? [] : [changesOnly] }

  const known = new Map(before)
  const gone = new Set<string>()
  const isSure = before !== undefined && context.checkpoint === undefined
  const plan = (changes: readonly SitemapEntry[]) => {
    const applied = applyChanges(changes, since, known)
    if (run.latest === undefined || isBefore(run.latest, applied.latest)) run.latest = applied.latest
    for (const identifier of [...applied.gone, ...(isSure ? [] : findDeleted(changes, since))]) gone.add(identifier)
    // Changes of the very moment that the run before ended with were taken by it.
    const isTaken = (url: string, lastmod?: string) => lastmod !== undefined && before?.get(url)?.lastmod === lastmod
    const toRead = applied.documents.filter(({ url, lastmod, datestamp }) => datestamp !== since || !isTaken(url, lastmod))
    return { toRead, files: lastOf(changes), issues: toUndescribedIssues(applied.undescribed) }
  }
  const run: DumpRun = { kind: 'changedump', packages, known, head, plan, gone, listed: new Set() }
  const { hasFailed, isKnown, checkpoint } = yield* readPackages(run, settings, context)
  if (hasWhole && before && gone.size > Math.max(before.size / 10, 1)) {
    yield { items: [], raw: [], checkpoint, issues: [toBrake(gone.size)] }
    return { next: {}, isFullList: false }
  }
  if (gone.size > 0) yield { items: [...gone].map((identifier): HarvestItem => ({ type: 'deleted', identifier })), raw: [], checkpoint }
  if (!isKnown) return { next: {}, isFullList: false }
  // What failed is among the changes since the run before, which are asked for again.
  if (hasFailed) return { next: { ...toState(known), ...(before && since !== beginning && { at: since }) }, isFullList: false }
  return { next: { ...toState(known), at: run.latest ?? since, packages: entries.flatMap(toPrint) }, isFullList: false }
}

function findDeleted(changes: readonly SitemapEntry[], since: string): string[] {
  const deleted = [...lastOf(changes).values()].filter(({ md }) => md.change?.toLowerCase() === 'deleted')
  return deleted.flatMap((entry) => {
    const time = timeOf(entry)
    if (time !== undefined && isBefore(time, since)) return []
    const described = changes.filter(({ loc }) => loc === entry.loc).flatMap(({ links }) => links.filter(({ rel }) => rel === 'describes'))
    return [entry.loc, ...described.flatMap(({ href = '' }) => toAddress(href, entry.loc) ?? [])]
  })
}

/** Packages in the order of the changes in them, when they say it. */
function inOrder(packages: readonly SitemapEntry[]): SitemapEntry[] {
  if (packages.some(({ md }) => Number.isNaN(Date.parse(md.from ?? '')))) return [...packages]
  return [...packages].sort((first, second) => Date.parse(first.md.from ?? '') - Date.parse(second.md.from ?? ''))
}

/** A short name of a package as it is now; none when its entry would not tell a change. */
function toPrint({ loc, lastmod, md }: SitemapEntry): string[] {
  const { hash, until, length } = md
  if (!lastmod && !hash && !until) return []
  return [fingerprint(loc, lastmod ?? '', hash ?? '', until ?? '', length ?? '').slice(0, 16)]
}

function readPrints(since: Checkpoint | undefined): ReadonlySet<unknown> {
  return new Set(Array.isArray(since?.packages) ? since.packages : [])
}

const isIn = (prints: ReadonlySet<unknown>) => (print: string) => prints.has(print)

function toBrake(count: number): Issue {
  const message = `The change dump declares ${count} records deleted, more than a tenth: none is deleted now; the next run reads the whole source and compares`
  return { code: 'dump.manyDeleted', path: '', message, severity: 'warning' }
}
