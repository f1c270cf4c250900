import { createHash } from 'node:crypto'
import type { HitSource, LearningResource } from '@edufed/sdk/schemas'

/**
 * A digest of what a search shows of a document, and of who is shown it. Names of sources, where the record comes from and its faults
 * are not in it: an index follows these when the document itself changes.
 */
export function contentCheck({
  resource,
  sources,
  visibleTo,
}: {
  resource: LearningResource
  sources: readonly HitSource[]
  visibleTo: string
}): string {
  const { provenance: _, quality: __, ...shown } = resource
  const holders = sources.map(({ id, identifier }) => `${id} ${identifier}`).sort()
  return createHash('sha256')
    .update(inOrder([shown, holders, visibleTo]))
    .digest('base64url')
}

/** JSON whose fields are in the order of their names, so that only what differs makes a difference. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
