import type { Connector, RawResponse } from '../connector.js'
import { checkMapping } from '../mapping-setting.js'
import { type ReadItem, toSourcedItem } from '../read-item.js'
import { describeSite } from './describe.js'
import { readItems } from './page-items.js'
import { sitemapMark } from './page-list.js'
import { readPages } from './pages.js'
import { readRawUrl } from './read-page.js'
import { SitemapSettings } from './settings.js'

/** Harvests web sites: the pages that their sitemaps name, by the JSON-LD or the Dublin Core in them. */
export const sitemap: Connector<SitemapSettings> = {
  kind: 'sitemap',
  settings: SitemapSettings,
  secrets: [],
  describe: describeSite,
  pages: readPages,
  check: checkMapping,
  read: async (raw, settings) => readKept(raw, settings).map(({ item }) => item),
  readSourced: async (raw, settings) => readKept(raw, settings).map(toSourcedItem),
}

function readKept(raw: RawResponse, settings: SitemapSettings): ReadItem[] {
  if (raw.url.endsWith(sitemapMark)) return []
  const { url, lastmod } = readRawUrl(raw.url)
  return readItems(raw, url, lastmod, settings)
}
