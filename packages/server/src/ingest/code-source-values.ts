import { matchConcept, matchConcepts } from '@edufed/harvester/vocabularies'
import type { Concept, ResourceDraft } from '@edufed/sdk/schemas'

/**
 * The draft with concepts for the source's own words, where a field has words but no codes:
 * a school's portal may push `sourceValues: {about: ["数学"]}` and need not know the vocabularies.
 * Words that no vocabulary knows stay as they are.
 */
export function codeSourceValues(draft: ResourceDraft): ResourceDraft {
  const { sourceValues } = draft
  if (!sourceValues) return draft
  const coded: Partial<ResourceDraft> = {}
  if (!draft.about) assign(coded, 'about', conceptsOf(sourceValues.about, ['subject']))
  if (!draft.educationalLevel) assign(coded, 'educationalLevel', conceptsOf(sourceValues.educationalLevel, ['grade', 'stage']))
  if (!draft.learningResourceType) assign(coded, 'learningResourceType', conceptsOf(sourceValues.learningResourceType, ['type']))
  if (!draft.audience) assign(coded, 'audience', conceptsOf(sourceValues.audience, ['audience']))
  const edition = draft.textbookEdition ?? firstConcept(sourceValues.textbookEdition, 'edition')
  const volume = draft.volume ?? firstConcept(sourceValues.volume, 'volume')
  return { ...draft, ...coded, ...(edition && { textbookEdition: edition }), ...(volume && { volume }) }
}

type VocabularyName = Parameters<typeof matchConcept>[0]

function conceptsOf(texts: readonly string[] | undefined, names: readonly VocabularyName[]): Concept[] {
  const concepts = new Map<string, Concept>()
  for (const text of texts ?? []) {
    for (const name of names) {
      const found = matchConcepts(name, text)
      for (const concept of found) concepts.set(concept.id, concept)
      if (found.length > 0) break
    }
  }
  return [...concepts.values()]
}

function firstConcept(texts: readonly string[] | undefined, name: VocabularyName): Concept | undefined {
  for (const text of texts ?? []) {
    const concept = matchConcept(name, text)
    if (concept) return concept
  }
  return undefined
}

function assign<Field extends 'about' | 'educationalLevel' | 'learningResourceType' | 'audience'>(
  draft: Partial<ResourceDraft>,
  field: Field,
  concepts: Concept[],
): void {
  if (concepts.length > 0) draft[field] = concepts
}
