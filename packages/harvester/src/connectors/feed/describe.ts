import type { ConnectorContext, SourceDescription } from '../connector.js'
import { fetchDocument } from '../fetch-document.js'
import { parseFeedPage } from './feed-page.js'
import { toItems } from './items.js'
import type { FeedSettings } from './settings.js'

/** Reads the first page of a feed. */
export async function describeFeed(
  settings: FeedSettings,
  { fetcher, signal }: Pick<ConnectorContext, 'fetcher' | 'signal'>,
): Promise<SourceDescription> {
  const { raw, url } = await fetchDocument(
    settings.url,
    { fetcher, signal, now: () => new Date() },
    { maxBytes: settings.maxPageBytes ?? 33_554_432 },
  )
  const page = parseFeedPage({ ...raw, url }, settings)
  const [item] = toItems(page, settings)
  const format = item?.type === 'record' ? item.metadataPrefix : 'atom'
  return {
    ...(page.title && { name: page.title.slice(0, 200) }),
    authority: new URL(settings.url).hostname,
    metadataPrefix: format,
    formats: [format],
    deletedRecord: page.entries.some(({ name }) => /deleted-entry/i.test(name)) ? 'transient' : 'no',
    issues: [],
  }
}
