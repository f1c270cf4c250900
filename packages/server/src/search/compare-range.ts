import type { CatalogStore } from '../catalog/catalog-store.js'
import { isSearchable, toPut } from './change-batch.js'
import type { IdRange, IndexEntry, IndexOperation, SearchIndex } from './search-index.js'

export type DifferenceKind = 'missing' | 'stale' | 'surplus' | 'ahead' | 'altered'

/** A document that is not in the index as it is in the catalogue. */
export interface Difference {
  id: string
  kind: DifferenceKind
  /** What makes it right; nothing does for one that is of a later change than the catalogue knows. */
  repair?: IndexOperation
}

export interface ComparedPage {
  differences: Difference[]
  /** Differences by changes that the index has not followed yet. */
  pending: number
}

export interface CompareRangeOptions {
  catalog: CatalogStore
  index: SearchIndex
  range: IdRange
  /** What the catalogue has in the range. */
  versions: readonly IndexEntry[]
  /** Documents compared at a time. */
  pageSize: number
}

/**
 * Compares a range document by document while both sides go on being written. The order of reading decides: first how far the index has
 * followed, then what it holds, then the catalogue once more; so a difference that a later change explains is never taken for a fault.
 */
export async function* compareRange(options: CompareRangeOptions): AsyncGenerator<ComparedPage> {
  const { catalog, index, range, versions, pageSize } = options
  const followed = (await index.position())?.sequence ?? 0
  await index.refresh?.()
  const unseen = new Map(versions.map(({ id, sequence }) => [id, sequence]))
  for (let after = range.after; ; ) {
    const page = await index.listEntries({ ...range, ...(after === undefined ? {} : { after }) }, { limit: pageSize })
    const suspects = new Map(page.filter(({ id, sequence }) => unseen.get(id) !== sequence).map((entry) => [entry.id, entry]))
    for (const { id } of page) unseen.delete(id)
    yield await judge(catalog, suspects, followed)
    if (page.length < pageSize) break
    after = page.at(-1)!.id
  }
  yield await judge(catalog, new Map([...unseen.keys()].map((id) => [id, undefined])), followed)
}

async function judge(
  catalog: CatalogStore,
  suspects: ReadonlyMap<string, IndexEntry | undefined>,
  followed: number,
): Promise<ComparedPage> {
  const page: ComparedPage = { differences: [], pending: 0 }
  if (suspects.size === 0) return page
  const stored = await catalog.findResources([...suspects.keys()])
  for (const [id, entry] of suspects) {
    const now = stored.get(id)
    const live = now && isSearchable(now) ? now : undefined
    if (live?.sequence === entry?.sequence) continue
    if (now && now.sequence > followed) page.pending++
    else if (live && entry && entry.sequence > live.sequence) page.differences.push({ id, kind: 'ahead' })
    else if (live) page.differences.push({ id, kind: entry ? 'stale' : 'missing', repair: toPut(live) })
    else if (entry) {
      const sequence = Math.max(entry.sequence, now?.sequence ?? 0)
      page.differences.push({ id, kind: 'surplus', repair: { type: 'delete', id, sequence } })
    }
  }
  return page
}
