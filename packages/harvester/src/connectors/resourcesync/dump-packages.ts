import type { Issue } from '@edufed/sdk/schemas'
import { HarvestError, isHarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import { fingerprint } from '../../quality/fingerprint.js'
import type { Checkpoint, ConnectorContext, HarvestPage, RawResponse } from '../connector.js'
import { readDocuments } from '../document-run.js'
import { fetchDocument } from '../fetch-document.js'
import { identifiersOf, type KnownDocuments, readState, toState } from '../known-documents.js'
import type { SitemapEntry } from '../sitemap/sitemap-document.js'
import { type DumpKind, type DumpPackage, openDumpPackage } from './dump-package.js'
import type { MetadataDocument } from './metadata-documents.js'
import { findHashFault, readMetadata, toResult } from './read-metadata.js'
import { defaultMaxResources, type ResourceSyncSettings } from './settings.js'

/** What is taken of one package. */
export interface PackagePlan {
  toRead: MetadataDocument[]
  /** The entries that say where in the package a document is, by its address. */
  files: ReadonlyMap<string, SitemapEntry>
  issues: Issue[]
}

export interface DumpRun {
  kind: DumpKind
  packages: readonly SitemapEntry[]
  known: KnownDocuments
  /** What is handed on with the first page. */
  head: { raw: readonly RawResponse[]; issues: readonly Issue[] }
  plan: (entries: readonly SitemapEntry[]) => PackagePlan
  /** Identifiers that are gone unless a later package names them again; kept in checkpoints. */
  gone: Set<string>
  /** Addresses of the documents that the packages name. */
  listed: Set<string>
  /** The last change that the packages tell; kept in checkpoints. */
  latest?: string
}

/** How the packages were read. */
export interface DumpOutcome {
  /** Something of them could not be read. */
  hasFailed: boolean
  /** False when the run was resumed, and what its first part read is not known any more. */
  isKnown: boolean
  /** Behind all packages. */
  checkpoint: Checkpoint
}

export const notes = {
  'resource.noMetadata': { severity: 'info', what: 'documents say nothing about a resource and were left out' },
} as const

/** Of one package; the others are counted. */
const maxNamedFiles = 1000
const maxPackedChars = 500_000
/** The source may answer again later, so that the run is to be resumed. */
const passing = new Set(['EDUFED_FETCH_FAILED', 'EDUFED_FETCH_TIMEOUT', 'EDUFED_FETCH_TRUNCATED'])

/**
 * Reads the packages of a dump in order, each with a checkpoint behind its pages. One that is refused is reported, and the others are read.
 *
 * @throws {HarvestError} When the source does not answer, no package could be read, or they hold too much.
 */
export async function* readPackages(
  run: DumpRun,
  settings: ResourceSyncSettings,
  context: ConnectorContext,
): AsyncGenerator<HarvestPage, DumpOutcome> {
  const digest = fingerprint(run.kind, ...run.packages.map((entry) => JSON.stringify(entry)))
  const resumed = readCheckpoint(context, digest)
  if (resumed) restore(run, resumed)
  let hasFailed = resumed?.hasFailed ?? false
  const read = new Map(resumed?.read)
  let isKnown = resumed === undefined || resumed.read !== undefined
  let packed = isKnown ? pack(read) : undefined
  const toCheckpoint = (done: number, inner: Checkpoint): Checkpoint => ({
    digest,
    done,
    inner,
    gone: [...run.gone],
    hasFailed,
    ...(run.latest !== undefined && { latest: run.latest }),
    ...(packed !== undefined && { read: packed }),
  })
  let { raw: headRaw, issues: headIssues } = run.head
  let refused = 0
  let count = 0
  for (const [index, entry] of run.packages.entries()) {
    if (index < (resumed?.done ?? 0)) continue
    const inner = index === resumed?.done ? resumed.inner : undefined
    try {
      const { found, issues } = await fetchPackage(entry, run.kind, settings, context)
      const plan = run.plan(found.entries)
      for (const { url } of plan.toRead) run.listed.add(url)
      count += plan.toRead.length
      const limit = settings.maxResources ?? defaultMaxResources
      if (count > limit) throw new HarvestError('EDUFED_LIST_TOO_LARGE', { url: redactUrl(settings.url), limit, what: 'resources' })
      const missing = findMissing(found, entry.loc)
      const toRead = plan.toRead.filter(({ url }) => isThere(plan.files.get(url), found))
      hasFailed ||= toRead.length < plan.toRead.length
      const readOne = async (document: MetadataDocument) => {
        const result = await readFile(document, plan.files.get(document.url), found, settings, context)
        hasFailed ||= result.failure !== undefined
        return result
      }
      const pages = readDocuments(
        {
          url: entry.loc,
          plan: { toRead, gone: [], known: run.known, isFull: false, knewBefore: true },
          raw: [found.manifest],
          issues: [...issues, ...missing, ...plan.issues],
          read: readOne,
          parallelRequests: settings.parallelRequests ?? 4,
          notes,
        },
        { ...withoutCheckpoint(context), ...(inner && { checkpoint: inner }) },
      )
      let step = await pages.next()
      for (; !step.done; step = await pages.next()) {
        const { items, raw, checkpoint, issues: noted } = step.value
        for (const { type, identifier } of items) if (type === 'record') run.gone.delete(identifier)
        yield { items, raw: [...headRaw, ...raw], checkpoint: toCheckpoint(index, checkpoint), issues: [...headIssues, ...(noted ?? [])] }
        headRaw = headIssues = []
      }
      // A document run that is resumed without knowing what it had read says so by an empty state.
      isKnown &&= inner === undefined || typeof step.value.next.pages === 'string'
      for (const { url } of toRead) {
        const document = run.known.get(url)
        if (document) read.set(url, document)
      }
      packed = isKnown && packed !== undefined ? pack(read) : undefined
    } catch (error) {
      context.signal.throwIfAborted()
      if (!isHarvestError(error) || passing.has(error.code) || error.code === 'EDUFED_LIST_TOO_LARGE') throw error
      hasFailed = true
      refused++
      if (refused === run.packages.length) throw error
      const message = `${error.message}; the other packages are read`
      const issue: Issue = { code: 'dump.refused', path: redactUrl(entry.loc), message, severity: 'error', value: error.message }
      yield { items: [], raw: [...headRaw], checkpoint: toCheckpoint(index + 1, {}), issues: [...headIssues, issue] }
      headRaw = headIssues = []
    }
  }
  const checkpoint = toCheckpoint(run.packages.length, {})
  if (headRaw.length + headIssues.length > 0) yield { items: [], raw: [...headRaw], checkpoint, issues: [...headIssues] }
  return { hasFailed, isKnown, checkpoint }
}

async function fetchPackage(
  { loc, md }: SitemapEntry,
  kind: DumpKind,
  settings: ResourceSyncSettings,
  context: ConnectorContext,
): Promise<{ found: DumpPackage; issues: Issue[] }> {
  const { raw } = await fetchDocument(loc, context, {
    accept: 'application/zip, */*;q=0.5',
    maxBytes: settings.maxPackageBytes ?? 268_435_456,
  })
  const found = await openDumpPackage(raw, kind, settings)
  const fault = findHashFault(raw.body, md)
  const message = `The package is another one than the dump declares (${fault}): write the dump anew after each change`
  return { found, issues: fault ? [{ code: 'dump.hashDiffers', path: redactUrl(loc), message, severity: 'warning' }] : [] }
}

function readFile(
  document: MetadataDocument,
  entry: SitemapEntry | undefined,
  found: DumpPackage,
  settings: ResourceSyncSettings,
  context: ConnectorContext,
) {
  const { path, type, hash, length } = entry?.md ?? {}
  // What a package names without holding it stands on the web.
  if (path === undefined) return readMetadata(document, settings, context)
  return toResult({ ...document, ...(hash && { hash }), ...(length && { length }) }, settings, context, async () => ({
    url: document.url,
    mediaType: type ?? 'application/octet-stream',
    retrievedAt: context.now().toISOString(),
    body: await found.read(path),
  }))
}

const isThere = (entry: SitemapEntry | undefined, found: DumpPackage): boolean => entry?.md.path === undefined || found.has(entry.md.path)

function findMissing({ entries, has }: DumpPackage, url: string): Issue[] {
  const paths = [...new Set(entries.flatMap(({ md }) => (md.path !== undefined && !has(md.path) ? [md.path] : [])))]
  const toIssue = (path: string, what: string): Issue => ({
    code: 'dump.fileMissing',
    path,
    message: `The manifest of ${redactUrl(url)} names ${what}, which the package lacks: write the package anew`,
    severity: 'error',
  })
  const named = paths.slice(0, maxNamedFiles).map((path) => {
    const name = path.slice(0, 200)
    return { ...toIssue(name, `the file ${name}`), value: name }
  })
  return paths.length > maxNamedFiles ? [...named, toIssue('', `${paths.length - maxNamedFiles} files more`)] : named
}

function withoutCheckpoint({ fetcher, signal, now }: ConnectorContext): ConnectorContext {
  return { fetcher, signal, now }
}

interface Resumed {
  done: number
  inner: Checkpoint
  gone: string[]
  hasFailed: boolean
  latest?: string
  /** The documents of the packages that were read whole; absent when they were too many to be kept. */
  read?: KnownDocuments
}

function readCheckpoint({ checkpoint }: ConnectorContext, digest: string): Resumed | undefined {
  if (checkpoint?.digest !== digest || typeof checkpoint.done !== 'number' || checkpoint.done < 0) return undefined
  const { done, inner, gone, hasFailed, latest } = checkpoint
  const read = readState({ pages: checkpoint.read })
  return {
    done,
    inner: typeof inner === 'object' && inner !== null ? (inner as Checkpoint) : {},
    gone: Array.isArray(gone) ? gone.filter((identifier) => typeof identifier === 'string') : [],
    hasFailed: hasFailed === true,
    ...(typeof latest === 'string' && { latest }),
    ...(read && { read }),
  }
}

/** Makes a run know what its first part found out. */
function restore(run: DumpRun, { gone, latest, read = new Map() }: Resumed): void {
  for (const identifier of gone) run.gone.add(identifier)
  for (const [url, document] of run.known) {
    const identifiers = identifiersOf(url, document)
    if (identifiers.length > 0 && identifiers.every((identifier) => run.gone.has(identifier))) run.known.delete(url)
  }
  for (const [url, document] of read) {
    run.known.set(url, document)
    run.listed.add(url)
  }
  if (latest !== undefined) run.latest = latest
}

/** Stands in each checkpoint, so that it is bounded. */
function pack(read: KnownDocuments): string | undefined {
  const packed = String(toState(read).pages)
  return packed.length <= maxPackedChars ? packed : undefined
}
