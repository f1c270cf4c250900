import type { ConnectorContext, SourceDescription } from '../connector.js'
import { readPages } from './pages.js'
import { metadataPrefix } from './rows.js'
import type { TableSettings } from './settings.js'

/** Reads the beginning of the table: whether it can be read, and which of its columns are used. */
export async function describeTable(
  settings: TableSettings,
  { fetcher, signal }: Pick<ConnectorContext, 'fetcher' | 'signal'>,
): Promise<SourceDescription> {
  const pages = readPages(settings, { fetcher, signal, now: () => new Date() })
  const first = await pages.next()
  await pages.return({ next: {}, isFullList: false })
  const url = new URL(settings.url)
  const name = toFileName(url)
  return {
    ...(name !== '' && { name }),
    authority: url.hostname,
    metadataPrefix,
    formats: [metadataPrefix],
    deletedRecord: 'no',
    issues: first.done ? [] : (first.value.issues ?? []),
  }
}

function toFileName(url: URL): string {
  const written = url.pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}
