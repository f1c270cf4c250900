import type { Checkpoint, Connector, HarvestEnd, HarvestItem, HarvestPage } from '../../src/connectors/connector.js'
import { createFetcher } from '../../src/fetch/create-fetcher.js'

export interface SourceReading {
  pages: HarvestPage[]
  items: HarvestItem[]
  issues: string[]
  end?: HarvestEnd
  error?: Error & { code?: string; fix?: string }
}

/** Reads a source on loopback to its end, or until it breaks off. */
export async function readSource<Settings>(
  connector: Connector<Settings>,
  settings: Settings,
  state: { since?: Checkpoint; checkpoint?: Checkpoint } = {},
): Promise<SourceReading> {
  const fetcher = createFetcher({ allowNetworks: ['127.0.0.0/8'], maxRetries: 0 })
  const reading: SourceReading = { pages: [], items: [], issues: [] }
  const context = { fetcher, signal: new AbortController().signal, now: () => new Date('2026-01-01T00:00:00Z'), ...state }
  try {
    const pages = connector.pages(settings, context)
    for (let next = await pages.next(); ; next = await pages.next()) {
      if (next.done) {
        reading.end = next.value
        break
      }
      reading.pages.push(next.value)
      reading.items.push(...next.value.items)
      reading.issues.push(...(next.value.issues ?? []).map((issue) => issue.code))
    }
  } catch (error) {
    reading.error = error as Error
  } finally {
    fetcher.close()
  }
  return reading
}

/** Reads the items again out of what was kept. */
export async function replay<Settings>(
  connector: Connector<Settings>,
  settings: Settings,
  pages: readonly HarvestPage[],
): Promise<HarvestItem[]> {
  const items: HarvestItem[] = []
  for (const raw of pages.flatMap((page) => page.raw)) items.push(...(await connector.read(raw, settings)))
  return items
}

export const titleOf = (item: HarvestItem): string | undefined =>
  item.type === 'record' ? Object.values(item.resource?.name ?? {})[0] : undefined

export const issueCodes = (item: HarvestItem): string[] => (item.issues ?? []).map((issue) => issue.code)
