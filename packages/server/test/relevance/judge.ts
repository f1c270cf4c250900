import type { Concept, LearningResource } from '@edufed/sdk/schemas'

/** 3: what was asked for; 2: answers the question, too; 1: related; 0: of no use. */
export type Grade = 0 | 1 | 2 | 3

/** Facts of a resource, all of which must hold; of several values of one fact one is enough. `title` facts look at the names in every language. */
export interface Condition {
  title?: string | string[]
  titleHas?: string | string[]
  titleLacks?: string | string[]
  /** Language of the resource without script and region: "zh" is true of zh-Hans and zh-Hant. */
  language?: string | string[]
  /** Notations of the vocabularies. */
  subject?: string | string[]
  stage?: string | string[]
  grade?: string | string[]
  type?: string | string[]
  edition?: string | string[]
  volume?: string | string[]
  creator?: string | string[]
  keyword?: string | string[]
  /** The record's identifier at its source, or its end behind a colon. */
  identifier?: string | string[]
}

/** A query of a teacher and what would be a good answer to it. */
export interface JudgedQuery {
  q: string
  /** Language of the page that is searched from; the file's when absent. */
  lang?: string
  /** What the teacher wants, where the query does not say it. */
  wants?: string
  /** A resource has the highest grade of which a condition holds. */
  3?: Condition[]
  2?: Condition[]
  1?: Condition[]
}

/** The grades of all resources that have one. */
export function judge(query: JudgedQuery, resources: readonly LearningResource[]): Map<string, Grade> {
  const judged = new Map<string, Grade>()
  for (const resource of resources) {
    const grade = ([3, 2, 1] as const).find((candidate) => query[candidate]?.some((condition) => holds(condition, resource)))
    if (grade !== undefined) judged.set(resource.id, grade)
  }
  return judged
}

type Fact = (resource: LearningResource, value: string) => boolean

const facts: Record<keyof Condition, Fact> = {
  title: (resource, value) => titlesOf(resource).includes(value),
  titleHas: (resource, value) => titlesOf(resource).some((title) => title.includes(value)),
  titleLacks: (resource, value) => !titlesOf(resource).some((title) => title.includes(value)),
  language: (resource, value) => resource.inLanguage?.some((tag) => tag.split('-')[0] === value) ?? false,
  subject: (resource, value) => hasConcept(resource.about, value),
  stage: (resource, value) => hasConcept(resource.educationalLevel, value),
  grade: (resource, value) => hasConcept(resource.educationalLevel, value),
  type: (resource, value) => hasConcept(resource.learningResourceType, value),
  edition: (resource, value) => resource.textbookEdition?.notation === value,
  volume: (resource, value) => resource.volume?.notation === value,
  creator: (resource, value) => resource.creator?.some((agent) => Object.values(agent.name).includes(value)) ?? false,
  keyword: (resource, value) => resource.keywords?.some((keyword) => keyword.value === value) ?? false,
  identifier: ({ provenance: { sourceIdentifier } }, value) => sourceIdentifier === value || sourceIdentifier.endsWith(`:${value}`),
}

function holds(condition: Condition, resource: LearningResource): boolean {
  return Object.entries(condition).every(([name, wanted]) => {
    const fact = facts[name as keyof Condition]
    if (!fact) throw new Error(`There is no fact "${name}"`)
    return [wanted].flat().some((value) => fact(resource, value.normalize('NFC')))
  })
}

function titlesOf(resource: LearningResource): string[] {
  return Object.values(resource.name)
}

function hasConcept(concepts: readonly Concept[] | undefined, notation: string): boolean {
  return concepts?.some((concept) => concept.notation === notation) ?? false
}
