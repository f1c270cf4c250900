import type { ConnectorContext, SourceDescription } from '../connector.js'
import { findCapabilities } from './capabilities.js'
import type { ResourceSyncSettings } from './settings.js'

/** Reads which lists a source offers. */
export async function describeSource(
  settings: ResourceSyncSettings,
  { fetcher, signal }: Pick<ConnectorContext, 'fetcher' | 'signal'>,
): Promise<SourceDescription> {
  const { resourceLists, changeLists } = await findCapabilities(settings.url, { fetcher, signal, now: () => new Date() })
  const { hostname } = new URL(settings.url)
  return {
    name: `${hostname} (resource lists: ${resourceLists.length}, change lists: ${changeLists.length})`,
    authority: hostname,
    metadataPrefix: 'resourcesync',
    formats: ['resourcesync'],
    deletedRecord: changeLists.length > 0 ? 'transient' : 'no',
    issues: [],
  }
}
