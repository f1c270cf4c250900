import type { Issue } from '@edufed/sdk/schemas'
import type { CatalogStore } from '../../catalog/catalog-store.js'

const maxShare = 0.2
const maxRecords = 10

export const heldCode = 'deletion.held'

/**
 * Deletes the records that a full list no longer names, unless they are suspiciously many.
 *
 * A list that shrank by more than a fifth (and more than ten records) is more often a fault of the source than its wish:
 * the deletion is held with an issue until a person releases it.
 */
export async function deleteUnlessMany(
  catalog: CatalogStore,
  sourceId: string,
  harvestId: string,
): Promise<{ deleted: number; held?: Issue }> {
  const unseen = await catalog.countUnseen(sourceId, harvestId)
  if (unseen === 0) return { deleted: 0 }
  const live = (await catalog.countRecords([sourceId])).get(sourceId) ?? 0
  if (unseen <= maxRecords || unseen <= live * maxShare) return { deleted: await catalog.deleteUnseen(sourceId, harvestId) }
  return {
    deleted: 0,
    held: {
      code: heldCode,
      path: '',
      severity: 'warning',
      message: `The list lacks ${unseen} of the ${live} records that were there before. Check the source; if they are really gone, release the deletion.`,
    },
  }
}
