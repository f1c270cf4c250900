import type { Connector } from '../connector.js'
import { checkMapping } from '../mapping-setting.js'
import { toSourcedItem } from '../read-item.js'
import { listMark } from './capabilities.js'
import { describeSource } from './describe.js'
import { readPages } from './pages.js'
import { readKept } from './read-metadata.js'
import { ResourceSyncSettings } from './settings.js'

/** Harvests sources that publish ResourceSync (ANSI/NISO Z39.99) lists. */
export const resourceSync: Connector<ResourceSyncSettings> = {
  kind: 'resourcesync',
  settings: ResourceSyncSettings,
  secrets: [],
  describe: describeSource,
  pages: readPages,
  check: checkMapping,
  read: async (raw, settings) => (raw.url.endsWith(listMark) ? [] : readKept(raw, settings).map(({ item }) => item)),
  readSourced: async (raw, settings) => (raw.url.endsWith(listMark) ? [] : readKept(raw, settings).map(toSourcedItem)),
}
