import type { Connector } from '../connector.js'
import { describeSource } from './describe.js'
import { toItems, toSourcedItems } from './items.js'
import { readPages } from './pages.js'
import { parseRecordList } from './record-list.js'
import { SmarteduSettings } from './settings.js'

/** Harvests the static JSON files that the national platform publishes its catalogue in. */
export const smartedu: Connector<SmarteduSettings> = {
  kind: 'smartedu',
  settings: SmarteduSettings,
  secrets: [],
  describe: describeSource,
  pages: readPages,
  read: async (raw, settings) => toItems(parseRecordList(raw).records, settings),
  readSourced: async (raw, settings) => toSourcedItems(parseRecordList(raw).records, settings),
}
