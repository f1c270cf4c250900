import type { Change, ChangeList } from '@edufed/sdk/schemas'
import type { CatalogStore, StoredChange } from '../../catalog/catalog-store.js'
import { isVisible, type Viewer } from '../../catalog/viewer.js'
import type { ServerSentEvent } from '../../plugins/event-stream.js'
import { readChangeCursor, toChangeCursor } from './change-cursor.js'

export interface ChangesQuery {
  after?: string | undefined
  limit: number
  withResource: boolean
  viewer: Viewer
}

const liveBatch = 100
/** The log is looked at again after this time even when nobody tells of a change. */
const longestWaitMs = 30_000

/** The change log as others may follow it. */
export class ChangesService {
  readonly #catalog: CatalogStore

  constructor(catalog: CatalogStore) {
    this.#catalog = catalog
  }

  /** One page of changes; its cursor is a place to go on from even when nothing was to be seen. */
  async list({ after, limit, withResource, viewer }: ChangesQuery): Promise<ChangeList> {
    const epoch = await this.#catalog.epoch()
    const start = after === undefined ? 0 : readChangeCursor(after, epoch)
    const { changes, end, hasMore } = await this.#scan(start, limit, viewer)
    return { changes: await this.#toChanges(epoch, changes, { withResource, viewer }), cursor: toChangeCursor(epoch, end), hasMore }
  }

  /** Checks the cursor before an event stream begins. @throws {ServerError} `EDUFED_CURSOR_INVALID` */
  async assertCursor(after: string | undefined): Promise<void> {
    if (after !== undefined) readChangeCursor(after, await this.#catalog.epoch())
  }

  /** All changes behind a cursor, and those to come, until the signal aborts. */
  async *follow({ after, withResource, viewer }: Omit<ChangesQuery, 'limit'>, signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
    const epoch = await this.#catalog.epoch()
    let position = after === undefined ? 0 : readChangeCursor(after, epoch)
    while (!signal.aborted) {
      const { changes, end, hasMore } = await this.#scan(position, liveBatch, viewer)
      for (const change of await this.#toChanges(epoch, changes, { withResource, viewer })) {
        yield { event: 'change', id: change.cursor, data: change }
      }
      position = end
      if (!hasMore) await this.#catalog.waitForChange(position, { timeoutMs: longestWaitMs, signal })
    }
  }

  async #scan(after: number, limit: number, viewer: Viewer): Promise<{ changes: StoredChange[]; end: number; hasMore: boolean }> {
    // Read first: whatever is committed later lies behind it, so that skipping to it skips nothing.
    const last = await this.#catalog.lastSequence()
    const found = await this.#catalog.scanChanges({ after, limit: limit + 1, viewer })
    const changes = found.slice(0, limit)
    const hasMore = found.length > limit
    const seen = changes.at(-1)?.sequence ?? after
    return { changes, end: hasMore ? seen : Math.max(seen, last), hasMore }
  }

  async #toChanges(
    epoch: string,
    changes: readonly StoredChange[],
    { withResource, viewer }: Pick<ChangesQuery, 'withResource' | 'viewer'>,
  ): Promise<Change[]> {
    const resources = withResource ? await this.#catalog.findResources([...new Set(changes.map((change) => change.resourceId))]) : undefined
    return changes.map((change) => {
      const stored = resources?.get(change.resourceId)
      // The resource as it is now may be for fewer eyes than it was at this change.
      const isShown = stored && stored.resource.status !== 'deleted' && isVisible(stored.visibleTo, viewer)
      return {
        cursor: toChangeCursor(epoch, change.sequence),
        id: change.resourceId,
        kind: change.kind,
        version: change.version,
        at: change.at,
        ...(isShown ? { resource: stored.resource } : {}),
      }
    })
  }
}
