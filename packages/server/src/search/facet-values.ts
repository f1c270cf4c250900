import type { Concept, FacetName, LearningResource } from '@edufed/sdk/schemas'
import { ancestorsOf } from './facet-hierarchy.js'

/** So many values of a facet are answered unless more are asked for. */
export const usualFacetValues = 100
/** So many values of a facet can be asked for; a node with more sources than that answers its largest. */
export const maxFacetValues = 10_000

/** Stages of the 5-4 system: grade 6 of it is no primary school. */
const ownSystem = /-54$/

/**
 * What a resource is counted and filtered by, apart from `source`, which comes from the platforms that hold it
 * ({@link SearchDocument}). With every value stand the wider ones (statistics: mathematics; grade 3: primary school; a county: its
 * prefecture and province), so that who asks for those finds it, and is told exactly how many there are. A facet that the resource
 * says nothing about is absent.
 */
export function facetValues(resource: LearningResource): Partial<Record<FacetName, string[]>> {
  const levels = resource.educationalLevel ?? []
  const values: Partial<Record<FacetName, readonly (string | null | undefined)[]>> = {
    subject: resource.about?.map(codeOf),
    stage: levels.filter((concept) => vocabularyOf(concept) === 'stage').map(codeOf),
    grade: levels.filter((concept) => vocabularyOf(concept) === 'grade').map(codeOf),
    edition: [codeOf(resource.textbookEdition)],
    volume: [codeOf(resource.volume)],
    type: resource.learningResourceType?.map(codeOf),
    language: resource.inLanguage.filter((language) => language !== 'und'),
    level: [resource.provenance.level],
    region: [resource.provenance.region],
    license: [resource.license?.id],
  }
  const known = new Map<FacetName, Set<string>>()
  const add = (name: FacetName, value: string) => known.set(name, (known.get(name) ?? new Set()).add(value))
  const saysStageItself = values.stage?.some((stage) => ownSystem.test(stage ?? '')) ?? false
  for (const [name, list] of Object.entries(values) as [FacetName, (string | null | undefined)[] | undefined][]) {
    for (const value of list ?? []) {
      if (typeof value !== 'string' || value === '') continue
      add(name, value)
      for (const wider of ancestorsOf(name, value)) if (wider.facet === name || !saysStageItself) add(wider.facet, wider.value)
    }
  }
  return Object.fromEntries([...known].map(([name, distinct]) => [name, [...distinct]]))
}

/** When the resource was last changed by its owner, as far as it says so, in milliseconds since 1970; what `sort=date` sorts by. */
export function dateValue(resource: LearningResource): number {
  for (const date of [resource.dateModified, resource.datePublished, resource.dateCreated, resource.lastSeen]) {
    const time = date === undefined ? Number.NaN : Date.parse(withZone(date))
    if (Number.isFinite(time)) return time
  }
  return 0
}

function codeOf(concept: Concept | undefined): string | undefined {
  return concept && (concept.notation ?? concept.id)
}

function vocabularyOf(concept: Concept): string {
  return (concept.inScheme ?? concept.id).match(/\b(stage|grade)\b/)?.[1] ?? ''
}

/** A time without zone would be read in the zone of the machine: every node must sort the same. */
function withZone(date: string): string {
  return /T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(date) ? `${date}Z` : date
}
