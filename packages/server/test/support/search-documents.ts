import type { HitSource } from '@edufed/sdk/schemas'
import { nodeViewer, type Viewer } from '../../src/catalog/viewer.js'
import type { IndexOperation, ResolvedSearchQuery, SearchDocument, SearchIndex, SearchResult } from '../../src/search/search-index.js'
import { aResource, type ResourceTraits } from './a-resource.js'

export interface DocumentTraits extends ResourceTraits {
  sequence?: number
  visibleTo?: string
  sources?: HitSource[]
}

/** A document of an index around {@link aResource}. */
export function aDocument(traits: DocumentTraits = {}): SearchDocument {
  const { sequence = 1, visibleTo = 'public', sources, ...rest } = traits
  const resource = aResource(rest)
  return { id: resource.id, sequence, resource, visibleTo, sources: sources ?? [aHitSource(resource.provenance.sourceId)] }
}

export function aHitSource(id: string): HitSource {
  return { id, name: id, level: 'school', identifier: `${id}-1` }
}

export const put = (document: SearchDocument): IndexOperation => ({ type: 'put', document })
export const del = (id: string, sequence: number): IndexOperation => ({ type: 'delete', id, sequence })

/** A query with defaults. */
export function aQuery(query: Partial<ResolvedSearchQuery> = {}): ResolvedSearchQuery {
  return { text: '', lang: 'zh-Hans', limit: 20, sort: 'relevance', facets: [], filters: {}, ...query }
}

/** Searches by text or query, as the node itself unless told. */
export async function search(
  index: SearchIndex,
  query: string | Partial<ResolvedSearchQuery>,
  viewer: Viewer = nodeViewer,
): Promise<SearchResult> {
  return await index.search(aQuery(typeof query === 'string' ? { text: query } : query), viewer)
}

/** Ids of the hits, in order. */
export async function idsOf(index: SearchIndex, query: string | Partial<ResolvedSearchQuery>, viewer?: Viewer): Promise<string[]> {
  return (await search(index, query, viewer)).hits.map((hit) => hit.id)
}

/** All ids of a list, read by cursor from the first page to the last. */
export async function allIds(index: SearchIndex, query: Partial<ResolvedSearchQuery>, viewer?: Viewer): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await search(index, cursor === undefined ? query : { ...query, cursor }, viewer)
    ids.push(...page.hits.map((hit) => hit.id))
    cursor = page.cursor
    if (cursor === undefined) return ids
  }
}
