import type { Connector } from '../connector.js'
import { describeSite } from './describe.js'
import { toItems } from './page-items.js'
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
  read: async (raw, settings) => {
    if (raw.url.endsWith(sitemapMark)) return []
    const { url, lastmod } = readRawUrl(raw.url)
    return toItems(raw, url, lastmod, settings)
  },
}
