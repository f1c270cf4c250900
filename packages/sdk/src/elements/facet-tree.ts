import type { FacetCount } from '../contract.js'
import type { FacetName } from './facet-names.js'

/** A value with those that are part of it. */
export interface FacetNode {
  label: string
  /** Absent for a heading: a value of another facet, as the stage above grades. */
  count?: FacetCount
  /** What it is part of, when that is not shown above it. */
  around?: string
  parts: FacetNode[]
}

/** Values beneath what they are part of, in the order in which they came. */
export function toFacetTree(name: FacetName, counts: readonly FacetCount[]): FacetNode[] {
  const nodes = new Map(counts.map((count): [string, FacetNode] => [count.value, { label: count.label, count, parts: [] }]))
  const headings = new Map<string, FacetNode>()
  const roots: FacetNode[] = []
  for (const { value, parent } of counts) {
    const node = nodes.get(value)!
    const above = parent?.facet === name ? nodes.get(parent.value) : undefined
    if (!parent) roots.push(node)
    else if (above) above.parts.push(node)
    else if (parent.facet === name) roots.push({ ...node, around: parent.label })
    else {
      let heading = headings.get(parent.value)
      if (!heading) {
        heading = { label: parent.label, parts: [] }
        headings.set(parent.value, heading)
        roots.push(heading)
      }
      heading.parts.push(node)
    }
  }
  return roots
}

/** The values that `isWanted` takes, and what these are part of. */
export function withParents(
  name: FacetName,
  counts: readonly FacetCount[],
  isWanted: (count: FacetCount, index: number) => boolean,
): FacetCount[] {
  const byValue = new Map(counts.map((count) => [count.value, count]))
  const shown = new Set<FacetCount>()
  for (const [index, count] of counts.entries()) {
    if (!isWanted(count, index)) continue
    for (
      let at: FacetCount | undefined = count;
      at && !shown.has(at);
      at = at.parent?.facet === name ? byValue.get(at.parent.value) : undefined
    )
      shown.add(at)
  }
  return counts.filter((count) => shown.has(count))
}
