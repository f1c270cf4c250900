import type { ConnectorContext, SourceDescription } from '../connector.js'
import { findCapabilities } from './capabilities.js'
import type { ResourceSyncSettings } from './settings.js'

/** Reads which lists and dumps a source offers. */
export async function describeSource(
  settings: ResourceSyncSettings,
  { fetcher, signal }: Pick<ConnectorContext, 'fetcher' | 'signal'>,
): Promise<SourceDescription> {
  const { resourceLists, changeLists, resourceDumps, changeDumps } = await findCapabilities(settings.url, {
    fetcher,
    signal,
    now: () => new Date(),
  })
  const { hostname } = new URL(settings.url)
  const offers = [`resource lists: ${resourceLists.length}`, `change lists: ${changeLists.length}`]
  if (resourceDumps.length > 0) offers.push(`resource dumps: ${resourceDumps.length}`)
  if (changeDumps.length > 0) offers.push(`change dumps: ${changeDumps.length}`)
  return {
    name: `${hostname} (${offers.join(', ')})`,
    authority: hostname,
    metadataPrefix: 'resourcesync',
    formats: ['resourcesync'],
    deletedRecord: changeLists.length + changeDumps.length > 0 ? 'transient' : 'no',
    issues: [],
  }
}
