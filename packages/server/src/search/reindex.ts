import type { CatalogStore } from '../catalog/catalog-store.js'
import { isSearchable, readChangeBatch, toPut } from './change-batch.js'
import type { IndexPosition, SearchIndex } from './search-index.js'

export interface ReindexOptions {
  catalog: CatalogStore
  index: SearchIndex
  batchSize: number
  signal?: AbortSignal | undefined
  /** Runs the last step, while nothing else may be written to the index. */
  exclusively?: (<T>(work: () => Promise<T>) => Promise<T>) | undefined
  /** Told after each batch: how many documents are in the new index so far. */
  onProgress?: ((progress: { documents: number; sequence: number }) => void) | undefined
}

/**
 * Builds the index anew from the catalogue beside the one that answers, follows what has changed meanwhile, and then puts it in its place.
 * Searches go on; when it fails or is aborted, the old index stays.
 *
 * @returns How many documents were written and up to which change.
 */
export async function reindex(options: ReindexOptions): Promise<IndexPosition & { documents: number }> {
  const { catalog, index, batchSize, signal, onProgress, exclusively = (work) => work() } = options
  const epoch = await catalog.epoch()
  // Before the scan: whatever changes while it runs is behind this and read afterwards.
  let sequence = await catalog.lastSequence()
  let documents = 0
  const build = await index.startBuild()
  const catchUp = async (): Promise<void> => {
    for (let isLast = false; !isLast; ) {
      signal?.throwIfAborted()
      const batch = await readChangeBatch(catalog, sequence, batchSize)
      if (!batch) return
      await build.apply(batch.operations)
      sequence = batch.sequence
      isLast = batch.isLast
      onProgress?.({ documents, sequence })
    }
  }
  try {
    for (let after: string | undefined; ; ) {
      signal?.throwIfAborted()
      const page = await catalog.scanResources(after === undefined ? { limit: batchSize } : { after, limit: batchSize })
      const last = page.at(-1)
      if (!last) break
      const puts = page.filter(isSearchable).map(toPut)
      await build.apply(puts)
      documents += puts.length
      after = last.id
      onProgress?.({ documents, sequence })
    }
    await catchUp()
    await exclusively(async () => {
      await catchUp()
      await build.finish({ epoch, sequence })
    })
  } catch (error) {
    // The first error tells more than one of cleaning up; what is left behind is removed by a later build.
    await build.abandon().catch(() => {})
    throw error
  }
  return { epoch, sequence, documents }
}
