import type { CatalogStore } from '../../catalog/catalog-store.js'
import type { Ingest } from '../../ingest/ingest.js'
import { toIngestSource } from './source-document.js'
import type { SourceRow, SourceStore } from './source-store.js'

/**
 * The same ingest, which writes records as their source is now, not as it was when a long harvest or push began.
 * A source that was edited during a write is looked at again behind it: the edit may not have seen what was just written.
 */
export function withCurrentSource(ingest: Ingest, { sources, catalog }: { sources: SourceStore; catalog: CatalogStore }): Ingest {
  return {
    ...ingest,
    async write(source, items, context) {
      const before = await sources.find(source.id)
      const current = before ? { ...toIngestSource(before), authority: source.authority } : source
      const results = await ingest.write(current, items, context)
      const after = before && (await sources.find(source.id))
      if (after && isShownOtherwise(before, after)) await catalog.reviseVisibility(toIngestSource(after))
      return results
    },
  }
}

/** True when an edit changes who sees a source's records, or where they stand in the alliance. */
export function isShownOtherwise(before: SourceRow, after: SourceRow): boolean {
  return (
    before.default_scope !== after.default_scope ||
    before.member_id !== after.member_id ||
    before.region !== after.region ||
    before.level !== after.level
  )
}
