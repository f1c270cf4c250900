import { findConcept } from '@edufed/harvester/vocabularies'
import type { FacetName } from '@edufed/sdk/schemas'

/** A value of a facet. */
export interface FacetValue {
  facet: FacetName
  value: string
}

/** Facets whose values are concepts of the vocabulary of the same name, with wider ones among them. */
const trees = ['subject', 'stage', 'edition', 'volume', 'type', 'language'] as const
type Tree = (typeof trees)[number]

/** No tree is so deep; a circle in a vocabulary must not be followed for ever. */
const deepest = 8

/**
 * The next wider value: the subject that a subject is part of, the stage of a grade, the prefecture of a county. Regions are told by
 * their codes (GB/T 2260), so that counties which the vocabulary does not name stand beneath their province, too.
 */
export function parentOf(facet: FacetName, value: string): FacetValue | undefined {
  if (facet === 'region') return regionAround(value)
  if (facet === 'grade') return found('stage', findConcept('grade', value)?.broader)
  return isTree(facet) ? found(facet, findConcept(facet, value)?.broader) : undefined
}

/** All wider values, the nearest first, of whatever facet they are. */
export function ancestorsOf(facet: FacetName, value: string): FacetValue[] {
  const ancestors: FacetValue[] = []
  for (let at = parentOf(facet, value); at && ancestors.length < deepest; at = parentOf(at.facet, at.value)) ancestors.push(at)
  return ancestors
}

function regionAround(code: string): FacetValue | undefined {
  if (!/^\d{6}$/.test(code) || code.endsWith('0000')) return undefined
  return { facet: 'region', value: code.endsWith('00') ? `${code.slice(0, 2)}0000` : `${code.slice(0, 4)}00` }
}

function found(facet: Tree, value: string | undefined): FacetValue | undefined {
  return value === undefined ? undefined : { facet, value }
}

function isTree(facet: FacetName): facet is Tree {
  return trees.some((tree) => tree === facet)
}
