import type { Connector } from '../connector.js'
import { checkMapping } from '../mapping-setting.js'
import { describeApi } from './describe.js'
import { parsePage, toItem, toSourcedItem } from './items.js'
import { readPages } from './pages.js'
import { JsonApiSettings } from './settings.js'

/** Harvests JSON APIs by a mapping of their fields. */
export const jsonApi: Connector<JsonApiSettings> = {
  kind: 'json-api',
  settings: JsonApiSettings,
  secrets: ['token'],
  check: checkMapping,
  describe: describeApi,
  pages: readPages,
  read: async (raw, settings) => parsePage(raw, settings).items.map((item) => toItem(item, settings)),
  readSourced: async (raw, settings) => parsePage(raw, settings).items.map((item) => toSourcedItem(item, settings)),
}
