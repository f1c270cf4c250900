import type { HitSource, LearningResource } from '@edufed/sdk/schemas'
import type { IndexOperation } from '../search-index.js'

/** What a search file keeps of a document, as JSON, for the hits that show it; written by {@link toWriteOperation}. */
export interface StoredBody {
  id: string
  resource: LearningResource
  sources: HitSource[]
}

/**
 * An operation as it goes to the indexing thread. The document goes as the text that is stored in the end: copying a text between
 * threads and reading it costs a fraction of copying the objects.
 */
export type WriteOperation =
  | { type: 'put'; id: string; sequence: number; visibleTo: string; body: string }
  | { type: 'delete'; id: string; sequence: number }

export function toWriteOperation(operation: IndexOperation): WriteOperation {
  if (operation.type === 'delete') return operation
  const { document } = operation
  const { id, sequence, visibleTo } = document
  const resource = document.resourceJson ?? JSON.stringify(document.resource)
  const body = `{"id":${JSON.stringify(id)},"resource":${resource},"sources":${JSON.stringify(document.sources)}}`
  return { type: 'put', id, sequence, visibleTo, body }
}
