import type { ConnectorContext, SourceDescription } from '../connector.js'
import { metadataPrefix, parsePage, toItem } from './items.js'
import { fetchPage, firstUrl } from './pages.js'
import type { JsonApiSettings } from './settings.js'

/** Reads the first page, and what is wrong with its first item. */
export async function describeApi(
  settings: JsonApiSettings,
  { fetcher, signal }: Pick<ConnectorContext, 'fetcher' | 'signal'>,
): Promise<SourceDescription> {
  const { raw } = await fetchPage(firstUrl(settings), settings, { fetcher, signal, now: () => new Date() })
  const { items } = parsePage(raw, settings)
  return {
    authority: new URL(settings.url).hostname,
    metadataPrefix,
    formats: [metadataPrefix],
    deletedRecord: settings.deleted ? 'transient' : 'no',
    issues: items.slice(0, 1).flatMap((item) => toItem(item, settings).issues ?? []),
  }
}
