import type { Connector } from '../connector.js'
import { describeFeed } from './describe.js'
import { parseFeedPage } from './feed-page.js'
import { toItems } from './items.js'
import { readPages } from './pages.js'
import { FeedSettings } from './settings.js'

/** Harvests feeds: Atom, OPDS 1 and RSS. */
export const feed: Connector<FeedSettings> = {
  kind: 'feed',
  settings: FeedSettings,
  secrets: [],
  describe: describeFeed,
  pages: readPages,
  read: async (raw, settings) => toItems(parseFeedPage(raw), settings),
}
