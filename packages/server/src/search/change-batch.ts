import type { CatalogStore, StoredChange, StoredResource } from '../catalog/catalog-store.js'
import type { IndexOperation } from './search-index.js'

export interface ChangeBatch {
  operations: IndexOperation[]
  /** Sequence of the last change; where the next batch begins. */
  sequence: number
  /** False when the log may go on right behind it. */
  isLast: boolean
}

/** A batch ends early when its resources have grown to this many characters of JSON, so that long descriptions do not fill the memory. */
const maximumCharacters = 16_000_000
const resourcesPerRead = 100

/** The next changes of the log as operations on an index, each resource once and as it is now. Undefined when there are none. */
export async function readChangeBatch(catalog: CatalogStore, after: number, limit: number): Promise<ChangeBatch | undefined> {
  const changes = await catalog.scanChanges({ after, limit })
  if (changes.length === 0) return undefined
  const latest = new Map<string, StoredChange>()
  for (const change of changes) latest.set(change.resourceId, change)
  const operations = new Map<string, IndexOperation>()
  let characters = 0
  let taken = 0
  while (taken < changes.length && characters < maximumCharacters) {
    const ids = changes.slice(taken, taken + resourcesPerRead).map((change) => change.resourceId)
    const unread = [...new Set(ids)].filter((id) => !operations.has(id))
    const resources = await catalog.findResources(unread)
    for (const id of unread) operations.set(id, toOperation(latest.get(id)!, resources.get(id)))
    for (const stored of resources.values()) characters += stored.resourceJson.length
    taken += ids.length
  }
  return {
    operations: [...operations.values()],
    sequence: changes[taken - 1]!.sequence,
    isLast: taken === changes.length && changes.length < limit,
  }
}

/** A live resource is put under its own sequence, anything else is taken out. */
function toOperation(change: StoredChange, stored: StoredResource | undefined): IndexOperation {
  if (stored && isSearchable(stored)) return toPut(stored)
  return { type: 'delete', id: change.resourceId, sequence: Math.max(change.sequence, stored?.sequence ?? 0) }
}

export function isSearchable(stored: StoredResource): boolean {
  return stored.status === 'active'
}

export function toPut(stored: StoredResource): IndexOperation {
  return { type: 'put', document: stored }
}
