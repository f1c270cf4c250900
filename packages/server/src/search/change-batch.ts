import type { CatalogStore, StoredChange, StoredResource } from '../catalog/catalog-store.js'
import type { IndexOperation } from './search-index.js'

export interface ChangeBatch {
  operations: IndexOperation[]
  /** Sequence of the last change; where the next batch begins. */
  sequence: number
  /** False when the log may go on right behind it. */
  isLast: boolean
}

/** The next changes of the log as operations on an index, each resource once and as it is now. Undefined when there are none. */
export async function readChangeBatch(catalog: CatalogStore, after: number, limit: number): Promise<ChangeBatch | undefined> {
  const changes = await catalog.scanChanges({ after, limit })
  const last = changes.at(-1)
  if (!last) return undefined
  const latest = new Map<string, StoredChange>()
  for (const change of changes) latest.set(change.resourceId, change)
  const resources = await catalog.findResources([...latest.keys()])
  return {
    operations: [...latest.values()].map((change) => toOperation(change, resources.get(change.resourceId))),
    sequence: last.sequence,
    isLast: changes.length < limit,
  }
}

/** A live resource is put under its own sequence, anything else is taken out. */
function toOperation(change: StoredChange, stored: StoredResource | undefined): IndexOperation {
  if (stored && isSearchable(stored)) return toPut(stored)
  return { type: 'delete', id: change.resourceId, sequence: Math.max(change.sequence, stored?.sequence ?? 0) }
}

export function isSearchable(stored: StoredResource): boolean {
  return stored.resource.status === 'active'
}

export function toPut(stored: StoredResource): IndexOperation {
  const { resource, sources, sequence, visibleTo } = stored
  return { type: 'put', document: { id: resource.id, sequence, resource, sources, visibleTo } }
}
