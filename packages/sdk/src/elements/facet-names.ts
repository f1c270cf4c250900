import type { FacetName } from '../contract.js'

export type { FacetName }

/** The facets in the order in which they are shown. (Written out here so that browsers need not load the schemas.) */
export const facetNames = [
  'subject',
  'stage',
  'grade',
  'type',
  'language',
  'edition',
  'volume',
  'level',
  'source',
  'region',
  'license',
] as const satisfies readonly FacetName[]
