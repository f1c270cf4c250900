import { createHash, hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { FacetName, HitSource, LearningResource } from '@edufed/sdk/schemas'
import { analyzeForIndex, fold } from '../analysis/index.js'
import { entryCheck } from '../entry-check.js'
import { dateValue, facetValues } from '../facet-values.js'
import { countedLength, freshnessOf, standingOf, tieOf } from '../ranking.js'
import type { IndexOperation, SearchDocument } from '../search-index.js'
import { workOf } from '../work.js'
import type { BulkLine } from './bulk.js'

/** A document as the mapping has it. */
export interface IndexDocument {
  id: string
  check: number
  visibleTo: string
  date: number
  tie: number
  freshness: number
  standing: number
  work: string
  isTranslation: boolean
  titleLength: number
  title: string
  titleCharacters: string
  titleKeys: string[]
  titleStarts: string[]
  keywords: string
  concepts: string
  description: string
  people: string
  facets: Partial<Record<FacetName, string[]>>
  resource: LearningResource
  sources: HitSource[]
}

/** What an index keeps of a document itself; what a hit is made of. */
export type StoredSource = Pick<IndexDocument, 'id' | 'resource' | 'sources'>

const longestDocumentId = 512
const maxStarts = 12
/** As far as somebody types before the wanted title is among the suggestions. */
export const longestStart = 60

export function toIndexDocument({ id, sequence, resource, sources, visibleTo }: SearchDocument): IndexDocument {
  const terms = analyzeForIndex(resource)
  const date = dateValue(resource)
  const work = workOf(resource)
  return {
    id,
    check: entryCheck(id, sequence),
    visibleTo,
    date,
    tie: tieOf(id),
    freshness: freshnessOf(date),
    standing: standingOf(resource),
    work: toWorkKey(work),
    isTranslation: work !== id,
    titleLength: countedLength(terms.titleLength),
    title: terms.title.join(' '),
    titleCharacters: terms.titleCharacters.join(' '),
    titleKeys: terms.titleKeys,
    titleStarts: Object.values(resource.name).flatMap(titleStarts),
    keywords: terms.keywords.join(' '),
    concepts: terms.concepts.join(' '),
    description: terms.description.join(' '),
    people: terms.people.join(' '),
    facets: { ...facetValues(resource), source: [...new Set(sources.map((source) => source.id))] },
    resource,
    sources,
  }
}

/** The field of works takes a keyword, and ids may be longer than one. */
export function toWorkKey(work: string): string {
  return hash('sha256', work).slice(0, 32)
}

/** Analysing some hundred documents takes a while: what else the process has to do gets its turn in between. */
const linesAtOnce = 25

/** Operations as lines of bulk requests, made as they are needed. */
export async function* toBulkLines(operations: readonly IndexOperation[]): AsyncGenerator<BulkLine> {
  for (const [at, operation] of operations.entries()) {
    if (at % linesAtOnce === linesAtOnce - 1) await setImmediate()
    yield toBulkLine(operation)
  }
}

/** The operation as lines of a bulk request. The change sequence is the version: an older write never replaces a newer one. */
function toBulkLine(operation: IndexOperation): BulkLine {
  const id = operation.type === 'put' ? operation.document.id : operation.id
  const version = operation.type === 'put' ? operation.document.sequence : operation.sequence
  // external_gte: writing the same version again repairs a document whose content is wrong.
  const target = { _id: toDocumentId(id), version, version_type: 'external_gte' }
  const text =
    operation.type === 'put'
      ? `${JSON.stringify({ index: target })}\n${JSON.stringify(toIndexDocument(operation.document))}\n`
      : `${JSON.stringify({ delete: target })}\n`
  return { id, bytes: Buffer.from(text) }
}

/** Elasticsearch takes ids of up to 512 bytes; longer ones are named by their digest. */
function toDocumentId(id: string): string {
  return Buffer.byteLength(id) <= longestDocumentId ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`
}

/** A title from each of its words on, folded: what is typed is compared with their beginnings. */
function titleStarts(title: string): string[] {
  const words = foldedWords(title.slice(0, 1_000))
  return words.slice(0, maxStarts).map((_, at) => [...words.slice(at).join(' ')].slice(0, longestStart).join(''))
}

/** The folded words of a text with one space between them. */
export function foldedWords(text: string): string[] {
  return fold(text).text.split(' ').filter(Boolean)
}
