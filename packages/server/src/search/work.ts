import type { LearningResource } from '@edufed/sdk/schemas'
import { resourceId } from '../ingest/identity.js'

/**
 * The work that a resource is a form of: its translations share one. It is named by the id of the resource that was translated, as far
 * as the reference tells it: a bare identifier or address is one of the same origin. A resource that translates nothing is its own work.
 */
export function workOf(resource: WorkForm): string {
  const reference = resource.translationOfWork?.id ?? resource.translationOfWork?.url
  if (reference === undefined || reference === '') return resource.id
  if (reference.startsWith('urn:edufed:')) return reference
  try {
    return resourceId({ authority: resource.provenance.origin.authority, identifier: reference })
  } catch {
    return resource.id
  }
}

/** A resource as far as it tells which work it is a form of. */
export type WorkForm = Pick<LearningResource, 'id' | 'translationOfWork' | 'provenance'>

/** Another form of a work that is found, in another language as a rule. */
export interface Translation {
  id: string
  name: LearningResource['name']
  inLanguage: string[]
}

/** Of a work with more forms, the first ones are listed. */
export const maxTranslations = 20

export function toTranslation({ id, name, inLanguage }: Pick<LearningResource, 'id' | 'name' | 'inLanguage'>): Translation {
  return { id, name, inLanguage }
}
