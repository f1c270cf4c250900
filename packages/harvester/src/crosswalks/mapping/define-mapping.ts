import { HarvestError } from '../../errors.js'
import { findMappingFaults } from './find-mapping-faults.js'
import type { Mapping } from './mapping.js'

/**
 * A mapping that is checked: types while it is written, names and codes when it is loaded.
 *
 * @throws {HarvestError} `EDUFED_MAPPING_INVALID` with the path of the first fault and the nearest valid name.
 * @example
 * ```ts
 * export default defineMapping({
 *   fields: {
 *     name: 'title',
 *     subject: { from: 'tags.subject', vocabulary: 'subjects' },
 *     url: { join: [{ constant: 'https://platform.example/r/' }, 'id'], with: '' },
 *   },
 *   vocabularies: { subjects: { SX: 'mathematics', YW: 'chinese' } },
 * })
 * ```
 */
export function defineMapping<const Table extends string = never>(mapping: Mapping<Table>): Mapping {
  assertMapping(mapping)
  return mapping
}

/** @throws {HarvestError} `EDUFED_MAPPING_INVALID` */
export function assertMapping(mapping: unknown): asserts mapping is Mapping {
  const faults = findMappingFaults(mapping)
  const [first] = faults
  if (!first) return
  const others = faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''
  throw new HarvestError('EDUFED_MAPPING_INVALID', { path: first.path || 'the mapping', reason: first.message + others })
}
