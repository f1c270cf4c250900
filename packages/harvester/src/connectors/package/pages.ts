import { type HarvestError, isHarvestError } from '../../errors.js'
import { fingerprint } from '../../quality/fingerprint.js'
import type { Checkpoint, ConnectorContext, HarvestEnd, HarvestItem, HarvestPage, RawResponse } from '../connector.js'
import { type DocumentContext, type FetchedDocument, fetchDocument } from '../fetch-document.js'
import { keptType, toFaultyItem, toItem } from './items.js'
import { isZip, openPackage } from './open-package.js'
import { parsePackageList } from './package-list.js'
import { type PackageSettings, urlsOf } from './settings.js'

/** What the server said about a package the last time. */
interface Validators {
  etag?: string
  lastModified?: string
}

/**
 * Reads the packages one after the other. A later run reads those that the server does not declare unchanged. A package that does not come does
 * not keep the others from being taken; the run then ends with its error.
 */
export async function* readPages(settings: PackageSettings, context: ConnectorContext): AsyncGenerator<HarvestPage, HarvestEnd> {
  const { urls, opened } = await findPackages(settings, context)
  const digest = fingerprint(...urls)
  const resumeAt = context.checkpoint?.digest === digest && typeof context.checkpoint.done === 'number' ? context.checkpoint.done : 0
  const known = resumeAt > 0 ? new Map<string, Validators>() : readState(context.since)
  const gone = [...known.keys()].filter((url) => !urls.includes(url))
  // Everything is read and compared when many are gone, so that the brake on deletions can hold.
  const isFull = known.size === 0 || gone.length > Math.max(known.size / 10, 1)
  const next = new Map<string, Validators>()
  let failure: HarvestError | undefined

  if (!isFull && gone.length > 0) {
    yield { items: gone.map((identifier): HarvestItem => ({ type: 'deleted', identifier })), raw: [], checkpoint: {} }
  }
  for (const [index, url] of urls.entries()) {
    if (index < resumeAt) continue
    try {
      const document = opened.get(url) ?? (await fetchPackage(url, settings, context, isFull ? undefined : known.get(url)))
      opened.delete(url)
      next.set(url, { ...(document.status === 304 && known.get(url)), ...toValidators(document) })
      if (document.status === 304) continue
      const { items, raw } = await readDocument(document, url, settings)
      yield { items, raw, checkpoint: failure ? {} : { digest, done: index + 1 }, expectedRecords: urls.length }
    } catch (error) {
      context.signal.throwIfAborted()
      if (!isHarvestError(error)) throw error
      failure ??= error
    }
  }
  if (failure) throw failure
  if (resumeAt > 0) return { next: {}, isFullList: false }
  return { next: { packages: Object.fromEntries(next) }, isFullList: isFull }
}

/** The packages that the settings name, themselves or through lists; what was fetched to find out is handed on. */
export async function findPackages(
  settings: PackageSettings,
  context: DocumentContext,
): Promise<{ urls: string[]; opened: Map<string, FetchedDocument> }> {
  const urls: string[] = []
  const opened = new Map<string, FetchedDocument>()
  for (const url of urlsOf(settings)) {
    if (/\.(zip|imscc|pif)$/i.test(new URL(url).pathname)) {
      urls.push(url)
      continue
    }
    const document = await fetchPackage(url, settings, context)
    if (document.status !== 200 || isZip(document.raw.body)) {
      urls.push(url)
      opened.set(url, document)
    } else urls.push(...parsePackageList(document.raw))
  }
  return { urls: [...new Set(urls)], opened }
}

function fetchPackage(url: string, settings: PackageSettings, context: DocumentContext, known?: Validators): Promise<FetchedDocument> {
  return fetchDocument(url, context, {
    accept: 'application/zip, application/vnd.ims.imsccv1p3+zip, */*;q=0.5',
    maxBytes: settings.maxPackageBytes ?? 268_435_456,
    expected: known?.etag || known?.lastModified ? [304, 404, 410] : [404, 410],
    headers: {
      ...(known?.etag && { 'if-none-match': known.etag }),
      ...(known?.lastModified && { 'if-modified-since': known.lastModified }),
    },
  })
}

/** The record of what came, or the news that it is gone. A package that is faulty is a record with issues. */
export async function readDocument(
  { status, raw }: FetchedDocument,
  url: string,
  settings: PackageSettings,
): Promise<{ items: HarvestItem[]; raw: RawResponse[] }> {
  if (status !== 200) {
    const message = `The package answers with HTTP status ${status}: take it out of the list`
    const issue = { code: 'package.gone', path: '', message, severity: 'info' as const }
    return { items: [{ type: 'deleted', identifier: url, issues: [issue] }], raw: [] }
  }
  try {
    const texts = await openPackage(Buffer.from(raw.body), url, settings)
    return { items: [toItem(texts, url, settings)], raw: [{ ...raw, mediaType: keptType, body: Buffer.from(JSON.stringify(texts)) }] }
  } catch (error) {
    if (!isHarvestError(error)) throw error
    return { items: [toFaultyItem(url, error)], raw: [] }
  }
}

function toValidators({ headers }: FetchedDocument): Validators {
  const { etag, 'last-modified': lastModified } = headers
  return { ...(typeof etag === 'string' && { etag }), ...(typeof lastModified === 'string' && { lastModified }) }
}

function readState(state: Checkpoint | undefined): Map<string, Validators> {
  const packages = state?.packages
  return new Map(typeof packages === 'object' && packages !== null ? Object.entries(packages as Record<string, Validators>) : [])
}
