import { hash } from 'node:crypto'
import type { LearningResource, PlatformLevel } from '@edufed/sdk/schemas'
import type { QueryGroup, QueryTerms, SoftFacet } from './analysis/index.js'

/**
 * What each sign of relevance is worth, on every engine. They add up, and depend on the document and the query alone: a page stays
 * where it is while other documents come and go. Freshness only decides between documents that are otherwise alike.
 */
export const defaultRankingWeights = {
  /**
   * What was typed is the whole title: such a title has all other signs of a title, too, and stands before its like. It is worth little
   * more than they are, so that the exact title of a translation does not stand before what is in the reader's language.
   */
  exactTitle: 0.5,
  /** The words stand in a title as they were typed. */
  phraseInTitle: 3,
  /** Share of the words that are in a title. */
  inTitle: 4,
  /** All words are in titles, keywords or labels of concepts. */
  inTopic: 1.5,
  /** All words are in a title, and are much of it. */
  coverage: 2,
  /** Share of the words that name a subject, grade or such and are answered by the resource's own value of it. */
  fitsFacets: 3,
  freshness: 0.3,
  /** How well a description is kept, and how high its platform stands: decides like freshness. */
  standing: 0.3,
}

export type RankingWeights = typeof defaultRankingWeights

/** Of longer queries only the first words are looked up in titles one by one. */
const maxRankedGroups = 6
const longestTitle = 255
const oldest = Date.UTC(1990)
const newest = Date.UTC(2050)

/** The groups that are looked up in titles. Long words count more than short ones. */
export function rankedGroups({ groups }: QueryTerms): { group: QueryGroup; importance: number }[] {
  return groups.slice(0, maxRankedGroups).map((group) => ({ group, importance: Math.min(4, group.text.length) }))
}

/** The groups that name values of facets. */
export function facetGroups({ groups }: QueryTerms): (QueryGroup & { facets: SoftFacet[] })[] {
  return groups.slice(0, maxRankedGroups).filter((group) => group.facets !== undefined) as (QueryGroup & { facets: SoftFacet[] })[]
}

/** The length of a title or of a query's phrase, as far as it counts. */
export function countedLength(length: number): number {
  return Math.min(longestTitle, Math.max(1, length))
}

/** 0 for documents of 1990 and before, 1 for those of 2050. */
export function freshnessOf(date: number): number {
  return Math.min(1, Math.max(0, (date - oldest) / (newest - oldest)))
}

const levelWorth: Readonly<Record<PlatformLevel, number>> = {
  national: 1,
  provincial: 0.8,
  prefecture: 0.6,
  international: 0.6,
  county: 0.5,
  school: 0.4,
  vendor: 0.4,
}

/** From 0 to 1: half for the level of the platform, half for a description that is complete and without faults. */
export function standingOf({ provenance, quality, ...resource }: LearningResource): number {
  const told = [
    resource.description,
    resource.about,
    resource.educationalLevel,
    resource.learningResourceType,
    resource.license,
    resource.url,
  ]
  const complete = told.filter((value) => value !== undefined).length / told.length
  const faults = Math.min(4, quality.length) / 4
  return levelWorth[provenance.level] / 2 + (complete * (1 - faults)) / 2
}

/** Orders documents that are equal in all else; the same for an id on every engine and after every rebuild. 48 bits of the id's digest. */
export function tieOf(id: string): number {
  return hash('sha256', id, 'buffer').readUIntBE(0, 6)
}
