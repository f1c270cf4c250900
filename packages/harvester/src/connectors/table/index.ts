import type { Connector } from '../connector.js'
import { describeTable } from './describe.js'
import { readItems, readPages } from './pages.js'
import { TableSettings } from './settings.js'

/** Harvests tables: CSV and XLSX files at an address. */
export const table: Connector<TableSettings> = {
  kind: 'table',
  settings: TableSettings,
  secrets: [],
  describe: describeTable,
  pages: readPages,
  read: readItems,
}
