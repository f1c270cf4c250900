import type { Issue } from '@edufed/sdk/schemas'
import { HarvestError, isHarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import { fingerprint } from '../../quality/fingerprint.js'
import type { Checkpoint, ConnectorContext, HarvestPage, RawResponse } from '../connector.js'
import { readDocuments } from '../document-run.js'
import { fetchDocument } from '../fetch-document.js'
import type { KnownDocuments } from '../known-documents.js'
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
}

/** How the packages were read. */
export interface DumpOutcome {
  /** Something of them could not be read. */
  hasFailed: boolean
  isResumed: boolean
  /** Behind all packages. */
  checkpoint: Checkpoint
}

export const notes = {
  'resource.noMetadata': { severity: 'info', what: 'documents say nothing about a resource and were left out' },
} as const

/** Of one package; the others are counted. */
const maxNamedFiles = 1000
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
  for (const identifier of resumed?.gone ?? []) run.gone.add(identifier)
  let hasFailed = false
  const toCheckpoint = (done: number, inner: Checkpoint): Checkpoint => ({ digest, done, inner, gone: [...run.gone] })
  let { raw: headRaw, issues: headIssues } = run.head
  let refused = 0
  let count = 0
  for (const [index, entry] of run.packages.entries()) {
    if (index < (resumed?.done ?? 0)) continue
    const inner = index === resumed?.done ? resumed.inner : undefined
    try {
      const { found, issues } = await fetchPackage(entry, run.kind, settings, context)
      const plan = run.plan(found.entries)
      count += plan.toRead.length
      const limit = settings.maxResources ?? defaultMaxResources
      if (count > limit) throw new HarvestError('EDUFED_LIST_TOO_LARGE', { url: redactUrl(settings.url), limit, what: 'resources' })
      const missing = findMissing(found, entry.loc)
      const toRead = plan.toRead.filter(({ url }) => isThere(plan.files.get(url), found))
      hasFailed ||= toRead.length < plan.toRead.length
      const read = async (document: MetadataDocument) => {
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
          read,
          parallelRequests: settings.parallelRequests ?? 4,
          notes,
        },
        { ...withoutCheckpoint(context), ...(inner && { checkpoint: inner }) },
      )
      for await (const { items, raw, checkpoint, issues: noted } of pages) {
        for (const { type, identifier } of items) if (type === 'record') run.gone.delete(identifier)
        yield { items, raw: [...headRaw, ...raw], checkpoint: toCheckpoint(index, checkpoint), issues: [...headIssues, ...(noted ?? [])] }
        headRaw = headIssues = []
      }
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
  return { hasFailed, isResumed: resumed !== undefined, checkpoint }
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

function readCheckpoint({ checkpoint }: ConnectorContext, digest: string): { done: number; inner: Checkpoint; gone: string[] } | undefined {
  if (checkpoint?.digest !== digest || typeof checkpoint.done !== 'number' || checkpoint.done < 0) return undefined
  const { done, inner, gone } = checkpoint
  return {
    done,
    inner: typeof inner === 'object' && inner !== null ? (inner as Checkpoint) : {},
    gone: Array.isArray(gone) ? gone.filter((identifier) => typeof identifier === 'string') : [],
  }
}
