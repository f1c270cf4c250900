import { isHarvestError } from '../../errors.js'
import type { ConnectorContext, SourceDescription } from '../connector.js'
import { readPageList } from './page-list.js'
import { readPage } from './read-page.js'
import { createRobots } from './robots.js'
import type { SitemapSettings } from './settings.js'

const pagesLookedAt = 3

/** Reads the sitemaps and the first pages: how many there are, and what they say about themselves. */
export async function describeSite(
  settings: SitemapSettings,
  { fetcher, signal }: Pick<ConnectorContext, 'fetcher' | 'signal'>,
): Promise<SourceDescription> {
  const context = { fetcher, signal, now: () => new Date() }
  const robots = createRobots(context)
  const { pages, issues } = await readPageList(settings, robots, context)
  const formats = new Set<string>()
  for (const page of pages.slice(0, pagesLookedAt)) {
    const { items, failure, note } = await readPage(page, settings, context, robots)
    for (const item of items) if (item.type === 'record') formats.add(item.metadataPrefix)
    if (failure && isHarvestError(failure))
      issues.push({ code: 'page.failed', path: page.url, message: failure.message, severity: 'warning' })
    if (note) issues.push({ code: note, path: page.url, message: `${page.url} gives no record`, severity: 'info' })
  }
  const { hostname } = new URL(settings.url)
  const found = [...formats]
  return {
    name: `${hostname} (${pages.length} pages)`,
    authority: hostname,
    metadataPrefix: found[0] ?? 'json-ld',
    formats: found.length > 0 ? found : ['json-ld'],
    deletedRecord: 'no',
    issues,
  }
}
