import { attributeOf, findChild, textOf, type XmlElement } from '../xml/element.js'
import { type DraftBuilder, toAgent } from './draft-builder.js'

/** Separators of several subjects in one element; a comma may be part of a heading. */
const subjectSeparator = /\s*[;；、|]\s*/

type Take = (draft: DraftBuilder, text: string, language: string | undefined) => void

const takeDescription: Take = (draft, text, language) => draft.addDescription(text, language)
const takeRights: Take = (draft, text) => draft.addLicense(text)
const takePublished: Take = (draft, text) => draft.addDate('datePublished', text)
const takeBasis: Take = (draft, text, language) => draft.addReference('isBasedOn', text, language)

/** What is made of each element of Dublin Core, by local name in lower case. */
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
  ['source', takeBasis],
  ['isversionof', takeBasis],
  ['ispartof', (draft, text, language) => draft.addReference('isPartOf', text, language)],
  ['haspart', (draft, text, language) => draft.addReference('hasPart', text, language)],
])

/** Adds one value of Dublin Core, by the name of its term in any case. What has no field is kept in the source's own words. */
export function takeTerm(draft: DraftBuilder, term: string, text: string, language: string | undefined): void {
  const take = takers.get(term) ?? takers.get(term.toLowerCase())
  if (take) take(draft, text, language)
  else draft.keep(term.toLowerCase(), text)
}

/** Adds the Dublin Core elements that stand inside of an element, or inside of the wrapper within it that has the title. */
export function takeDublinCore(draft: DraftBuilder, root: XmlElement): void {
  const holder = findChild(root, 'title') ? root : (root.children.find((child) => findChild(child, 'title')) ?? root)
  for (const element of holder.children) {
    const text = textOrAddressOf(element)
    if (text !== undefined) takeTerm(draft, element.name, text, attributeOf(element, 'lang'))
  }
  // Without an address among the identifiers, that of the source is the nearest.
  if (!draft.hasUrl) {
    for (const element of holder.children) if (/^source$/i.test(element.name)) draft.addUrl(textOrAddressOf(element) ?? '')
  }
}

/** The text of an element, or the address that it points to: `<dcterms:license rdf:resource="…"/>`. */
export function textOrAddressOf(element: XmlElement): string | undefined {
  return textOf(element) ?? (attributeOf(element, 'resource')?.trim() || attributeOf(element, 'href')?.trim() || undefined)
}

function takeIdentifier(draft: DraftBuilder, text: string): void {
  draft.addUrl(text)
  draft.addIdentifier(text)
}

/** Adds subjects that stand in one text; those that no vocabulary knows become keywords. */
export function takeSubjects(draft: DraftBuilder, text: string, language: string | undefined): void {
  if (!subjectSeparator.test(text)) takeSubject(draft, text, language)
  else for (const part of text.split(subjectSeparator)) takeSubject(draft, part, language)
}

/** Adds one subject; when no vocabulary knows it, it becomes a keyword. */
export function takeSubject(draft: DraftBuilder, text: string, language: string | undefined): void {
  if (text.trim() === '' || draft.addConcept('about', text)) return
  draft.reportUnmapped('about', text)
  draft.addKeyword(text, language)
}

/** Adds a coded value; what no vocabulary knows is kept and told. */
export function takeConcept(draft: DraftBuilder, field: 'learningResourceType' | 'audience' | 'educationalLevel', text: string): void {
  if (!draft.addConcept(field, text)) draft.reportUnmapped(field, text)
}
