import type { ConnectorContext, SourceDescription } from '../connector.js'
import { fetchDocument } from '../fetch-document.js'
import { metadataPrefix } from './items.js'
import { findPackages, readDocument } from './pages.js'
import { type PackageSettings, urlsOf } from './settings.js'

/** Finds the packages and reads the first one. */
export async function describePackages(
  settings: PackageSettings,
  { fetcher, signal }: Pick<ConnectorContext, 'fetcher' | 'signal'>,
): Promise<SourceDescription> {
  const context = { fetcher, signal, now: () => new Date() }
  const { urls, opened } = await findPackages(settings, context)
  const [first = ''] = urls
  const document =
    opened.get(first) ?? (await fetchDocument(first, context, { maxBytes: settings.maxPackageBytes ?? 268_435_456, expected: [404, 410] }))
  const { items } = await readDocument(document, first, settings)
  const { hostname } = new URL(urlsOf(settings)[0] ?? '')
  return {
    name: `${hostname} (${urls.length} ${urls.length === 1 ? 'package' : 'packages'})`,
    authority: hostname,
    metadataPrefix,
    formats: [metadataPrefix],
    deletedRecord: 'no',
    issues: items.flatMap((item) => item.issues ?? []),
  }
}
