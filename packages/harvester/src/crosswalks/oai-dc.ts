import { attributeOf, textOf, type XmlElement } from '../xml/element.js'
import type { CrosswalkResult } from './crosswalk.js'
import { DraftBuilder, toAgent } from './draft-builder.js'

/** Separators of several subjects in one element; a comma may be part of a heading. */
const subjectSeparator = /\s*[;；、|]\s*/

type Take = (draft: DraftBuilder, text: string, language: string | undefined) => void

const takeDescription: Take = (draft, text, language) => draft.addDescription(text, language)
const takeRights: Take = (draft, text) => draft.addLicense(text)
const takePublished: Take = (draft, text) => draft.addDate('datePublished', text)

/** What is made of each element, by local name in lower case; the others are kept in the source's own words. */
const takers: ReadonlyMap<string, Take> = new Map<string, Take>([
  ['title', (draft, text, language) => draft.addName(text, language)],
  ['alternative', (draft, text, language) => draft.addAlternateName(text, language)],
  ['description', takeDescription],
  ['abstract', takeDescription],
  ['tableofcontents', takeDescription],
  ['subject', takeSubjects],
  ['creator', (draft, text, language) => draft.addAgent('creator', toAgent(text, language))],
  ['contributor', (draft, text, language) => draft.addAgent('contributor', toAgent(text, language))],
  ['publisher', (draft, text, language) => draft.addAgent('publisher', toAgent(text, language, 'Organization'))],
  ['date', takePublished],
  ['issued', takePublished],
  ['created', (draft, text) => draft.addDate('dateCreated', text)],
  ['modified', (draft, text) => draft.addDate('dateModified', text)],
  ['language', (draft, text) => draft.addLanguage(text)],
  ['identifier', takeIdentifier],
  ['rights', takeRights],
  ['license', takeRights],
  ['accessrights', (draft, text) => draft.set('conditionsOfAccess', text)],
  ['type', (draft, text) => takeConcept(draft, 'learningResourceType', text)],
  ['audience', (draft, text) => takeConcept(draft, 'audience', text)],
  ['educationlevel', (draft, text) => takeConcept(draft, 'educationalLevel', text)],
  ['source', (draft, text, language) => draft.addReference('isBasedOn', text, language)],
  ['ispartof', (draft, text, language) => draft.addReference('isPartOf', text, language)],
  ['haspart', (draft, text, language) => draft.addReference('hasPart', text, language)],
])

/**
 * Dublin Core, simple (`oai_dc`) or qualified, to a resource. Elements count by local name, in any order and number.
 *
 * @param root - The element that holds the Dublin Core elements.
 */
export function oaiDcToResource(root: XmlElement): CrosswalkResult {
  const draft = new DraftBuilder()
  for (const element of root.children) {
    const text = textOf(element)
    if (text === undefined) continue
    const name = element.name.toLowerCase()
    const take = takers.get(name)
    if (take) take(draft, text, attributeOf(element, 'lang'))
    else draft.keep(name, text)
  }
  // Without an address among the identifiers, that of the source is the nearest.
  if (!draft.hasUrl) {
    for (const element of root.children) if (/^source$/i.test(element.name)) draft.addUrl(textOf(element) ?? '')
  }
  return draft.build()
}

function takeIdentifier(draft: DraftBuilder, text: string): void {
  draft.addUrl(text)
  draft.addIdentifier(text)
}

function takeSubjects(draft: DraftBuilder, text: string, language: string | undefined): void {
  for (const part of text.split(subjectSeparator)) {
    if (part === '' || draft.addConcept('about', part)) continue
    draft.reportUnmapped('about', part)
    draft.addKeyword(part, language)
  }
}

function takeConcept(draft: DraftBuilder, field: 'learningResourceType' | 'audience' | 'educationalLevel', text: string): void {
  if (!draft.addConcept(field, text)) draft.reportUnmapped(field, text)
}
