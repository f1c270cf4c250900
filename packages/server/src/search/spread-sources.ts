import type { SearchResult } from './search-index.js'

type Hit = SearchResult['hits'][number]

/** Hits whose scores differ by no more are alike to a reader. Less than any sign of the text is worth. */
const likeness = 0.25
/** So many hits of one platform may follow each other while another one has something alike. */
const inARow = 2

/**
 * The hits of a first page, platforms mixed where one of them would fill it with what others have as well: of hits that are as good
 * as alike, one of another platform goes first. Nothing leaves the page, and what is clearly better stays before what is not.
 */
export function spreadSources(hits: readonly Hit[]): Hit[] {
  const left = [...hits]
  const spread: Hit[] = []
  while (left.length > 0) {
    const recent = new Set(spread.slice(-inARow).map(platformOf))
    const isFull = spread.length >= inARow && recent.size === 1
    const other = isFull ? left.findIndex((hit) => left[0]!.score - hit.score <= likeness && !recent.has(platformOf(hit))) : 0
    spread.push(...left.splice(Math.max(0, other), 1))
  }
  return spread
}

function platformOf(hit: Hit): string {
  return hit.sources[0]?.id ?? hit.resource.provenance.sourceId
}
