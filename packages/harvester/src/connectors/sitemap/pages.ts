import { isHarvestError } from '../../errors.js'
import type { ConnectorContext, HarvestEnd, HarvestPage } from '../connector.js'
import { planDocuments, readDocuments } from '../document-run.js'
import { readState } from '../known-documents.js'
import { readPageList } from './page-list.js'
import { readPage } from './read-page.js'
import { createRobots } from './robots.js'
import type { SitemapSettings } from './settings.js'

const notes = {
  'page.noMetadata': { severity: 'info', what: 'pages have neither JSON-LD nor Dublin Core about a resource and were left out' },
  'page.notHtml': { severity: 'info', what: 'addresses lead to files that are no web pages and were left out' },
  'page.disallowed': { severity: 'warning', what: 'pages are forbidden by robots.txt and were not read' },
} as const

/**
 * Reads the pages that the sitemaps of a site name. A later run reads those whose `lastmod` is another one or absent, and tells those that are no
 * longer named as deleted.
 *
 * @throws {HarvestError} When the sitemaps cannot be read, when the site goes down, or at the end when more than a tenth of the pages failed.
 */
export async function* readPages(settings: SitemapSettings, context: ConnectorContext): AsyncGenerator<HarvestPage, HarvestEnd> {
  const robots = createRobots(context)
  const { pages, raw, issues } = await readPageList(settings, robots, context)
  const run = {
    url: settings.url,
    plan: planDocuments(pages, readState(context.since)),
    raw,
    issues,
    read: (page: (typeof pages)[number]) => readPage(page, settings, context, robots),
    parallelRequests: settings.parallelRequests ?? 4,
    pauseMs: (url: string) => robots.pauseMs(url).catch(asNoPause),
    notes,
  }
  return yield* readDocuments(run, context)
}

/** The page itself reports why robots.txt cannot be had. */
function asNoPause(error: unknown): number {
  if (isHarvestError(error)) return 0
  throw error
}
