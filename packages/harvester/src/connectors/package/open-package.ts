import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { HarvestError } from '../../errors.js'
import { decodeText } from '../../fetch/charset.js'
import { redactUrl } from '../../fetch/redact-url.js'
import { openZip, type ZipEntry, ZipError } from '../table/zip-archive.js'
import type { PackageSettings } from './settings.js'

/** What is kept of a package: the texts that describe it, and what the archive is. */
export interface PackageTexts {
  /** Text of imsmanifest.xml. */
  manifest: string
  /** Path of the manifest inside of the archive. */
  manifestPath: string
  /** Texts of metadata files that the manifest points to, by their path as it is written there. */
  metadata: Record<string, string>
  size: number
  sha256: string
}

const maxEntries = 50_000
const maxManifestBytes = 33_554_432
const maxMetadataFiles = 20
const defaultMaxUnpackedBytes = 4_294_967_296

export const isZip = (body: Uint8Array): boolean => body[0] === 0x50 && body[1] === 0x4b && (body[2] === 3 || body[2] === 5)

/**
 * Reads the manifest of a package; nothing else is unpacked, and nothing is written.
 *
 * @throws {HarvestError} `EDUFED_PACKAGE_UNREADABLE` for an archive that is damaged, holds paths that lead out of it or has no manifest;
 * `EDUFED_PACKAGE_TOO_LARGE` for one that holds too much, or more than it declares.
 */
export async function openPackage(body: Buffer, url: string, settings: PackageSettings): Promise<PackageTexts> {
  try {
    const entries = openZip(body, { maxEntries, maxUnpackedBytes: settings.maxUnpackedBytes ?? defaultMaxUnpackedBytes })
    for (const name of entries.keys()) assertInside(name)
    const found = findManifest(entries)
    const manifest = await readText(found)
    return {
      manifest,
      manifestPath: found.name,
      metadata: await readMetadataFiles(manifest, found.name, entries),
      size: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
    }
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    const code = error.isTooLarge ? 'EDUFED_PACKAGE_TOO_LARGE' : 'EDUFED_PACKAGE_UNREADABLE'
    throw new HarvestError(code, { url: redactUrl(url), reason: error.message }, { cause: error })
  }
}

/** A path that leads out of the archive is an attack on whoever unpacks it, so that the package is not passed on. */
export function assertInside(name: string): void {
  const isOutside = name.startsWith('/') || /^[a-z]:/i.test(name) || name.split('/').includes('..') || name.includes('\u0000')
  if (isOutside) throw new ZipError(`its file "${name.slice(0, 100)}" would be unpacked outside of the package`)
}

/** The manifest at the top; else the only one there is, one folder down, as some tools pack it. */
function findManifest(entries: ReadonlyMap<string, ZipEntry>): ZipEntry {
  const manifests = [...entries.values()].filter(({ name }) => /^(?:[^/]+\/)?imsmanifest\.xml$/i.test(name))
  const top = manifests.find(({ name }) => !name.includes('/'))
  const only = manifests.length === 1 ? manifests[0] : undefined
  if (top ?? only) return (top ?? only) as ZipEntry
  if (manifests.length > 1) throw new ZipError('it holds several packages in folders; publish each as a file of its own')
  const other = ['tincan.xml', 'cmi5.xml', 'h5p.json', 'META-INF/container.xml'].find((name) => entries.has(name))
  throw new ZipError(other ? `it has no imsmanifest.xml, but ${other}: it is another kind of package` : 'it has no imsmanifest.xml')
}

/** SCORM lets a manifest name its metadata's file in `adlcp:location`. */
async function readMetadataFiles(
  manifest: string,
  manifestPath: string,
  entries: ReadonlyMap<string, ZipEntry>,
): Promise<Record<string, string>> {
  const texts: Record<string, string> = {}
  const folder = posix.dirname(manifestPath)
  const locations = [...manifest.matchAll(/<(?:[\w.-]+:)?location(?:\s[^<>]*)?>\s*([^<>\s][^<>]{0,500}?)\s*<\//g)].map(
    ([, path]) => path ?? '',
  )
  for (const path of [...new Set(locations)].slice(0, maxMetadataFiles)) {
    const entry = /^[a-z][a-z0-9+.-]*:/i.test(path) ? undefined : entries.get(posix.join(folder, path.replace(/\\/g, '/')))
    if (entry && /\.xml$/i.test(entry.name)) texts[path] = await readText(entry)
  }
  return texts
}

async function readText(entry: ZipEntry): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of entry.read()) {
    size += chunk.byteLength
    if (size > maxManifestBytes) throw new ZipError(`${entry.name} has more than ${maxManifestBytes} bytes`, true)
    chunks.push(chunk)
  }
  return decodeText(Buffer.concat(chunks)).text
}
