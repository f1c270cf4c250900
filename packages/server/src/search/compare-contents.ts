import type { CatalogStore, StoredResource } from '../catalog/catalog-store.js'
import { isSearchable, toPut } from './change-batch.js'
import type { ComparedPage } from './compare-range.js'
import { contentCheck } from './content-check.js'
import type { SearchIndex } from './search-index.js'

interface Options {
  catalog: CatalogStore
  index: SearchIndex
  ids: readonly string[]
}

/**
 * Compares what the index shows of some documents with the catalogue, as far as both have them of the same change: what differs by a
 * change is found without reading documents.
 */
export async function* compareContents({ catalog, index, ids }: Options): AsyncGenerator<ComparedPage> {
  await index.refresh?.()
  const suspects = await look({ catalog, index, ids })
  // A document and its platforms are read one after the other: a change in between makes a difference, which is gone with its sequence.
  const confirmed = suspects.size > 0 ? await look({ catalog, index, ids: [...suspects.keys()] }) : suspects
  const altered = [...confirmed].filter(([id, { sequence }]) => suspects.get(id)?.sequence === sequence)
  yield { differences: altered.map(([id, stored]) => ({ id, kind: 'altered', repair: toPut(stored) })), pending: 0 }
}

/** Documents whose content differs, as the catalogue has them. */
async function look({ catalog, index, ids }: Options): Promise<Map<string, StoredResource>> {
  const contents = await index.contents(ids)
  const stored = await catalog.findResources(contents.map(({ id }) => id))
  const different = new Map<string, StoredResource>()
  for (const { id, sequence, content } of contents) {
    const now = stored.get(id)
    if (now && isSearchable(now) && now.sequence === sequence && contentCheck(now) !== content) different.set(id, now)
  }
  return different
}

/** Some of a list, by chance. */
export function someOf<Item>(list: readonly Item[], size: number): Item[] {
  const left = [...list]
  return Array.from({ length: Math.min(size, left.length) }, () => left.splice(Math.floor(Math.random() * left.length), 1)[0]!)
}
