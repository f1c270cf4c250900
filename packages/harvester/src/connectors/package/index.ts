import type { Connector } from '../connector.js'
import { checkMapping } from '../mapping-setting.js'
import { describePackages } from './describe.js'
import { readKept, toItem, toSource } from './items.js'
import { readPages } from './pages.js'
import { PackageSettings } from './settings.js'

/** Harvests content packages: IMS Content Packaging, Common Cartridge, SCORM 1.2 and SCORM 2004. */
export const contentPackage: Connector<PackageSettings> = {
  kind: 'package',
  settings: PackageSettings,
  secrets: [],
  check: checkMapping,
  describe: describePackages,
  pages: readPages,
  read: async (raw, settings) => {
    const texts = readKept(raw)
    return texts ? [toItem(texts, raw.url, settings)] : []
  },
  readSourced: async (raw, settings) => {
    const texts = readKept(raw)
    return texts ? [{ item: toItem(texts, raw.url, settings), source: toSource(texts, raw.url, settings) }] : []
  },
}
