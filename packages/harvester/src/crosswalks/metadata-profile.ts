import { toIsoDuration } from '../quality/duration.js'
import { attributeOf, textOf, type XmlElement } from '../xml/element.js'
import type { CrosswalkResult } from './crosswalk.js'
import { DraftBuilder } from './draft-builder.js'
import { takeConcept, takeSubject } from './dublin-core.js'

/** What an element of a profile may be. */
export const profileFields = [
  'identifier',
  'name',
  'alternateName',
  'description',
  'keywords',
  'language',
  'subject',
  'level',
  'textbook',
  'type',
  'audience',
  'creator',
  'contributor',
  'publisher',
  'provider',
  'url',
  'contentUrl',
  'format',
  'thumbnailUrl',
  'dateCreated',
  'datePublished',
  'dateModified',
  'rights',
  'access',
  'difficulty',
  'duration',
  'ageRange',
  'curriculumVersion',
  'isPartOf',
  'isBasedOn',
] as const
export type ProfileField = (typeof profileFields)[number]

/** A metadata profile as data: which element names mean which field. A source that writes others gives its own. */
export interface MetadataProfile {
  name: string
  version: string
  /** Names of the elements for each field, without prefix; the case of letters does not matter. */
  elements: Partial<Record<ProfileField, readonly string[]>>
}

type Take = (draft: DraftBuilder, text: string, language: string | undefined) => void
const separators = /\s*[;；、|，,]\s*/

const takers: Record<ProfileField, Take> = {
  identifier: (draft, text) => draft.addIdentifier(text),
  name: (draft, text, language) => draft.addName(text, language),
  alternateName: (draft, text, language) => draft.addAlternateName(text, language),
  description: (draft, text, language) => draft.addDescription(text, language),
  keywords: (draft, text, language) => {
    for (const part of split(text)) draft.addKeyword(part, language)
  },
  language: (draft, text) => {
    for (const part of split(text)) draft.addLanguage(part)
  },
  subject: (draft, text, language) => takeSubject(draft, text, language),
  level: (draft, text) => takeConcept(draft, 'educationalLevel', text),
  textbook: (draft, text) => {
    if (!draft.addTextbook(text)) draft.keep('textbookEdition', text)
  },
  type: (draft, text) => takeConcept(draft, 'learningResourceType', text),
  audience: (draft, text) => {
    // One element for both: 适用对象 names pupils of a grade, or teachers.
    if (!draft.addConcept('audience', text)) takeConcept(draft, 'educationalLevel', text)
  },
  creator: (draft, text, language) => {
    for (const part of split(text)) draft.addAgentName('creator', part, language)
  },
  contributor: (draft, text, language) => {
    for (const part of split(text)) draft.addAgentName('contributor', part, language)
  },
  publisher: (draft, text, language) => draft.addAgentName('publisher', text, language, 'Organization'),
  provider: (draft, text, language) => draft.addAgentName('provider', text, language, 'Organization'),
  url: (draft, text) => {
    if (draft.addUrl(text) === undefined) draft.keep('url', text)
  },
  contentUrl: (draft, text) => draft.addFile(text),
  format: (draft, text) => draft.keep('encodingFormat', text),
  thumbnailUrl: (draft, text) => draft.addThumbnail(text),
  dateCreated: (draft, text) => draft.addDate('dateCreated', text),
  datePublished: (draft, text) => draft.addDate('datePublished', text),
  dateModified: (draft, text) => draft.addDate('dateModified', text),
  rights: (draft, text) => draft.addLicense(text),
  access: (draft, text) => draft.set('conditionsOfAccess', text),
  difficulty: (draft, text) => draft.set('difficulty', text),
  duration: (draft, text) => {
    const timeRequired = toIsoDuration(text)
    if (timeRequired) draft.set('timeRequired', timeRequired)
    else draft.keep('timeRequired', text)
  },
  ageRange: (draft, text) => draft.set('typicalAgeRange', text),
  curriculumVersion: (draft, text) => draft.set('curriculumVersion', text),
  isPartOf: (draft, text, language) => draft.addReference('isPartOf', text, language),
  isBasedOn: (draft, text, language) => draft.addReference('isBasedOn', text, language),
}

/** Makes the crosswalk of a profile. Elements count wherever they stand in the record; those that the profile does not name are kept. */
export function createProfileCrosswalk(profile: MetadataProfile): (root: XmlElement) => CrosswalkResult {
  const fields = new Map<string, ProfileField>()
  for (const field of profileFields) for (const name of profile.elements[field] ?? []) fields.set(name.toLowerCase(), field)
  return (root) => {
    const draft = new DraftBuilder()
    for (const child of root.children) takeElement(draft, child, fields)
    return draft.build()
  }
}

function takeElement(draft: DraftBuilder, element: XmlElement, fields: ReadonlyMap<string, ProfileField>): void {
  const field = fields.get(element.name.toLowerCase())
  const hasNamed = element.children.some((child) => fields.has(child.name.toLowerCase()))
  const text = textOf(element)
  if (field && !hasNamed) {
    if (text !== undefined) takers[field](draft, text, attributeOf(element, 'lang'))
  } else if (element.children.length > 0) for (const child of element.children) takeElement(draft, child, fields)
  else if (text !== undefined) draft.keep(element.name, text)
}

function split(text: string): string[] {
  return text.split(separators).filter((part) => part !== '')
}
