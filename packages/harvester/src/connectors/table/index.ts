import type { Connector } from '../connector.js'
import { checkMapping } from '../mapping-setting.js'
import { describeTable } from './describe.js'
import { readPages, readSourcedItems } from './pages.js'
import { TableSettings } from './settings.js'

/** Harvests tables: CSV and XLSX files at an address. */
export const table: Connector<TableSettings> = {
  kind: 'table',
  settings: TableSettings,
  secrets: [],
  check: checkMapping,
  describe: describeTable,
  pages: readPages,
  read: async (raw, settings) => (await readSourcedItems(raw, settings)).map(({ item }) => item),
  readSourced: readSourcedItems,
}
