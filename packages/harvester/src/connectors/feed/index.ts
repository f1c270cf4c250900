import type { Connector } from '../connector.js'
import { checkMapping } from '../mapping-setting.js'
import { describeFeed } from './describe.js'
import { parseFeedPage } from './feed-page.js'
import { toItems, toSourcedItems } from './items.js'
import { readPages } from './pages.js'
import { FeedSettings } from './settings.js'

/** Harvests feeds: Atom, OPDS 1 and RSS; and XML documents with records of any format, by a mapping. */
export const feed: Connector<FeedSettings> = {
  kind: 'feed',
  settings: FeedSettings,
  secrets: [],
  check: checkMapping,
  describe: describeFeed,
  pages: readPages,
  read: async (raw, settings) => toItems(parseFeedPage(raw, settings), settings),
  readSourced: async (raw, settings) => toSourcedItems(parseFeedPage(raw, settings), settings),
}
