import { HarvestError, isHarvestError } from '../../errors.js'
import { redactUrl } from '../../fetch/redact-url.js'
import type { RawResponse } from '../connector.js'
import { assertInside, isZip } from '../package/open-package.js'
import { parseSitemap, type SitemapDocument, type SitemapEntry } from '../sitemap/sitemap-document.js'
import { openZip, type ZipEntry, ZipError } from '../table/zip-archive.js'
import { listMark, toAddress } from './capabilities.js'
import { defaultMaxUnpackedBytes, type ResourceSyncSettings } from './settings.js'

export type DumpKind = 'resourcedump' | 'changedump'

/** A package of a dump: what its manifest says, and the files in it. */
export interface DumpPackage {
  entries: SitemapEntry[]
  manifest: RawResponse
  has(path: string): boolean
  /** @throws {HarvestError} `EDUFED_DUMP_UNREADABLE` when the file is damaged, locked or too large. */
  read(path: string): Promise<Uint8Array>
}

const maxEntries = 500_000
const maxManifestBytes = 67_108_864

/**
 * Opens a package that is in memory; only what is asked for is unpacked, and nothing is written.
 *
 * @throws {HarvestError} `EDUFED_DUMP_UNREADABLE` when it is no ZIP file or a damaged one, leads out of itself, holds too much, or its manifest
 * cannot be read.
 */
export async function openDumpPackage(raw: RawResponse, kind: DumpKind, settings: ResourceSyncSettings): Promise<DumpPackage> {
  const body = Buffer.from(raw.body.buffer, raw.body.byteOffset, raw.body.byteLength)
  return readable(raw.url, async () => {
    if (!isZip(body)) throw new ZipError('it is no ZIP file')
    const files = openZip(body, { maxEntries, maxUnpackedBytes: settings.maxUnpackedBytes ?? defaultMaxUnpackedBytes })
    for (const name of files.keys()) assertInside(name)
    const file = files.get('manifest.xml')
    if (!file) throw new ZipError('it has no manifest.xml at its top')
    const manifest = { ...raw, url: raw.url, mediaType: 'application/xml', body: await unpack(file, maxManifestBytes) }
    return {
      entries: toEntries(parseSitemap(manifest), kind, raw.url),
      manifest: { ...manifest, url: `${raw.url.replace(/#.*$/, '')}${listMark}` },
      has: (path) => files.has(toName(path)),
      read: (path) =>
        readable(raw.url, () => {
          const found = files.get(toName(path))
          if (!found) throw new ZipError(`it lacks the file ${path.slice(0, 200)}`)
          return unpack(found, settings.maxDocumentBytes ?? 8_388_608)
        }),
    }
  })
}

function toEntries({ kind: form, md, entries }: SitemapDocument, kind: DumpKind, url: string): SitemapEntry[] {
  const capability = md.capability?.toLowerCase() ?? `${kind}-manifest`
  if (form === 'index' || capability !== `${kind}-manifest`) {
    throw new ZipError(`its manifest.xml is a ${form === 'index' ? 'sitemap index' : capability.slice(0, 60)}, not a ${kind}-manifest`)
  }
  return entries.flatMap((entry) => {
    const loc = toAddress(entry.loc, url)
    return loc ? [{ ...entry, loc }] : []
  })
}

/** A manifest writes paths from the top of the archive, with a slash before them. */
function toName(path: string): string {
  return path.replace(/\\/g, '/').replace(/^\/+/, '')
}

async function unpack(file: ZipEntry, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of file.read()) {
    size += chunk.byteLength
    if (size > maxBytes) throw new ZipError(`${file.name} has more than ${maxBytes} bytes`, true)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function readable<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof ZipError) && !isHarvestError(cause)) throw cause
    const reason = cause instanceof ZipError ? cause.message : `its manifest.xml is faulty (${cause.message})`
    throw new HarvestError('EDUFED_DUMP_UNREADABLE', { url: redactUrl(url), reason }, { cause })
  }
}
