import { isObject, type JsonObject, listAt, textAt } from '../../crosswalks/json-value.js'
import { matchConcepts, type VocabularyName } from '../../vocabularies/index.js'

/** A tag of the platform's tag tree, with the vocabulary that its place in the tree belongs to. */
export interface PlatformTag {
  id: string
  name: string
  dimension?: string
  hierarchy?: string
  vocabulary?: VocabularyName
}

const byDimension: Record<string, VocabularyName> = {
  zxxxd: 'stage',
  zxxnj: 'grade',
  zxxxk: 'subject',
  zxxbb: 'edition',
  zxxcc: 'volume',
  zxxlb: 'stage',
}
/** The older tree gives all tags one dimension; there only the name of the level tells what a tag is. */
const byHierarchy: Record<string, VocabularyName> = {
  学段: 'stage',
  电子教材: 'stage',
  类别: 'stage',
  年级: 'grade',
  学科: 'subject',
  版本: 'edition',
  册次: 'volume',
}
const maxDepth = 50

/** Reads a tag tree in either shape: with a dimension for each level, or with one for all. Each tag is given once for each meaning. */
export function parseTagTree(value: unknown): PlatformTag[] {
  const found = new Map<string, PlatformTag>()
  const visit = (node: JsonObject, depth: number): void => {
    for (const hierarchy of listAt(node, 'hierarchies').filter(isObject)) {
      const level = textAt(hierarchy, 'hierarchy_name')
      for (const child of listAt(hierarchy, 'children').filter(isObject)) {
        const tag = toTag(child, level)
        if (tag) found.set(`${tag.id} ${tag.vocabulary ?? ''}`, tag)
        if (depth < maxDepth) visit(child, depth + 1)
      }
    }
  }
  if (isObject(value)) visit(value, 0)
  return [...found.values()]
}

function toTag(child: JsonObject, hierarchy: string | undefined): PlatformTag | undefined {
  const id = textAt(child, 'tag_id')
  const name = textAt(child, 'tag_name')
  if (!id || !name) return undefined
  const dimension = textAt(child, 'tag_dimension_id')
  const vocabulary = byDimension[dimension ?? ''] ?? byHierarchy[hierarchy ?? '']
  return { id, name, ...(dimension && { dimension }), ...(hierarchy && { hierarchy }), ...(vocabulary && { vocabulary }) }
}

const anywhere: readonly VocabularyName[] = ['stage', 'grade', 'subject', 'edition', 'volume', 'audience', 'type']

/** Tags whose name is in no vocabulary. */
export function findUnresolvedTags(tags: readonly PlatformTag[]): PlatformTag[] {
  return tags.filter((tag) => !anywhere.some((vocabulary) => matchConcepts(vocabulary, tag.name).length > 0))
}
