import type { CatalogStore } from '../catalog/catalog-store.js'
import { isSearchable, toPut } from './change-batch.js'
import type { ComparedPage } from './compare-range.js'
import { contentCheck } from './content-check.js'
import type { SearchIndex } from './search-index.js'

/**
 * Compares what the index shows of some documents with the catalogue, as far as both have them of the same change: what differs by a
 * change is found without reading documents.
 */
export async function* compareContents({
  catalog,
  index,
  ids,
}: {
  catalog: CatalogStore
  index: SearchIndex
  ids: readonly string[]
}): AsyncGenerator<ComparedPage> {
  await index.refresh?.()
  const contents = await index.contents(ids)
  const stored = await catalog.findResources(contents.map(({ id }) => id))
  const page: ComparedPage = { differences: [], pending: 0 }
  for (const { id, sequence, content } of contents) {
    const now = stored.get(id)
    if (!now || !isSearchable(now) || now.sequence !== sequence || contentCheck(now) === content) continue
    page.differences.push({ id, kind: 'altered', repair: toPut(now) })
  }
  yield page
}

/** Some of a list, by chance. */
export function someOf<Item>(list: readonly Item[], size: number): Item[] {
  const left = [...list]
  return Array.from({ length: Math.min(size, left.length) }, () => left.splice(Math.floor(Math.random() * left.length), 1)[0]!)
}
