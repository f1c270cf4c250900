import type { Agent } from '@edufed/sdk/schemas'
import { toLanguageTag } from '../quality/language.js'
import { toMediaType } from '../quality/media-type.js'
import { attributeOf, findChild, findChildren, textOf, type XmlElement } from '../xml/element.js'
import type { CrosswalkResult } from './crosswalk.js'
import { DraftBuilder, toAgent } from './draft-builder.js'
import { takeSubject } from './dublin-core.js'

/** How related resources stand to this one, in lower case, with the field for it. */
const relations: ReadonlyMap<string, 'isPartOf' | 'hasPart' | 'isBasedOn'> = new Map([
  ['ispartof', 'isPartOf'],
  ['ispublishedin', 'isPartOf'],
  ['haspart', 'hasPart'],
  ['isderivedfrom', 'isBasedOn'],
  ['isversionof', 'isBasedOn'],
  ['isnewversionof', 'isBasedOn'],
  ['istranslationof', 'isBasedOn'],
])

/**
 * DataCite, kernel 2 to 4, bare or in the wrapper `oai_datacite`, and the OpenAIRE form of it for literature, to a resource.
 *
 * @param root - The element `resource`, or what wraps it.
 */
export function dataciteToResource(root: XmlElement): CrosswalkResult {
  const resource = findChild(findChild(root, 'payload'), 'resource') ?? findChild(root, 'resource') ?? root
  const draft = new DraftBuilder()
  each(resource, 'titles', 'title', (title, text) => {
    const type = attributeOf(title, 'titletype')?.toLowerCase()
    if (type === undefined || type === 'translatedtitle') draft.addName(text, languageOf(title))
    else draft.addAlternateName(text, languageOf(title))
  })
  each(resource, 'creators', 'creator', (creator) => draft.addAgent('creator', agentOf(creator, 'creatorName')))
  each(resource, 'contributors', 'contributor', (contributor) => takeContributor(draft, contributor))
  each(resource, '', 'publisher', (_, text) => draft.addAgent('publisher', toAgent(text, undefined, 'Organization')))
  each(resource, 'subjects', 'subject', (subject, text) => takeSubject(draft, text, languageOf(subject)))
  each(resource, '', 'language', (_, text) => draft.addLanguage(text))
  each(resource, '', 'resourceType', (type, text) => takeType(draft, type, text))
  each(resource, 'descriptions', 'description', (description, text) => draft.addDescription(text, languageOf(description)))
  each(resource, 'rightsList', 'rights', (rights, text) => draft.addLicense(attributeOf(rights, 'rightsuri')?.trim() || text))
  each(resource, '', 'licenseCondition', (rights, text) => draft.addLicense(attributeOf(rights, 'uri')?.trim() || text))
  takeDates(draft, resource)
  takeIdentifiers(draft, resource)
  each(resource, 'relatedIdentifiers', 'relatedIdentifier', (related, text) => takeRelation(draft, related, text))
  for (const name of ['size', 'format']) each(resource, `${name}s`, name, (_, text) => draft.keep(name, text))
  each(resource, '', 'version', (_, text) => draft.keep('version', text))
  each(resource, '', 'file', (file, text) => {
    const encodingFormat = toMediaType(attributeOf(file, 'mimetype'))
    draft.addFile(text, encodingFormat ? { encodingFormat } : {})
  })
  draft.useResolverAddress()
  return draft.build()
}

/** Elements of one kind, in their list or directly in the record. An element without text counts when it has attributes. */
function each(resource: XmlElement, list: string, name: string, take: (element: XmlElement, text: string) => void): void {
  const lists = list === '' ? [] : findChildren(resource, list)
  for (const element of [...lists.flatMap((found) => findChildren(found, name)), ...findChildren(resource, name)]) {
    const text = textOf(element)
    if (text !== undefined || Object.keys(element.attributes).length > 0) take(element, text ?? '')
  }
}

function agentOf(element: XmlElement, nameElement: string): Agent | undefined {
  const named = findChild(element, nameElement)
  const family = textOf(findChild(element, 'familyName'))
  const given = textOf(findChild(element, 'givenName'))
  const kind = attributeOf(named, 'nametype')?.toLowerCase()
  const written = textOf(named) ?? (element.children.length === 0 ? textOf(element) : undefined)
  const full = family && given ? (/\p{Script=Han}/u.test(family) ? family + given : `${given} ${family}`) : written
  const type = kind === 'organizational' ? 'Organization' : kind === 'personal' || (family && given) ? 'Person' : undefined
  const agent = full === undefined ? undefined : toAgent(full, attributeOf(named, 'lang'), type)
  const affiliation = textOf(findChild(element, 'affiliation'))
  return (
    agent && {
      ...agent,
      ...idOf(element),
      ...(affiliation ? { affiliation: { [toLanguageTag(undefined, affiliation)]: affiliation } } : {}),
    }
  )
}

function idOf(element: XmlElement): Pick<Agent, 'id'> {
  for (const identifier of findChildren(element, 'nameIdentifier')) {
    const text = textOf(identifier) ?? ''
    const orcid = /\d{4}-\d{4}-\d{4}-\d{3}[\dX]/i.exec(text)?.[0]
    if (orcid && /orcid/i.test(`${attributeOf(identifier, 'nameidentifierscheme')} ${text}`))
      return { id: `https://orcid.org/${orcid.toUpperCase()}` }
    if (/^https?:\/\/\S+$/.test(text)) return { id: text }
  }
  return {}
}

/** Who hosts or distributes the resource is its provider; the others say in a word what they did. */
function takeContributor(draft: DraftBuilder, contributor: XmlElement): void {
  const agent = agentOf(contributor, 'contributorName')
  const role = attributeOf(contributor, 'contributortype')?.trim()
  if (/^(HostingInstitution|Distributor)$/i.test(role ?? '')) draft.addProvider(agent)
  else draft.addAgent('contributor', agent && role ? { ...agent, role } : agent)
}

/** The words of the record come before the general type, which is one of a few. */
function takeType(draft: DraftBuilder, type: XmlElement, text: string): void {
  const general = attributeOf(type, 'resourcetypegeneral')?.trim() ?? ''
  for (const word of [text, general]) draft.keep('learningResourceType', word)
  const isKnown = [text, general].some((word) => word !== '' && draft.addImplied('learningResourceType', word))
  if (!isKnown) draft.reportUnmapped('learningResourceType', text || general)
}

function takeDates(draft: DraftBuilder, resource: XmlElement): void {
  each(resource, 'dates', 'date', (date, text) => {
    const type = attributeOf(date, 'datetype')?.toLowerCase() ?? 'issued'
    // A period is written as 2001/2004: its beginning counts.
    const start = text.split('/')[0] || text
    if (type === 'issued') draft.addDate('datePublished', start)
    else if (type === 'created') draft.addDate('dateCreated', start)
    else if (type === 'updated') draft.addDate('dateModified', start)
    else draft.keep(`date.${type}`, text)
  })
  each(resource, '', 'publicationYear', (_, text) => draft.addDate('datePublished', text))
}

function takeIdentifiers(draft: DraftBuilder, resource: XmlElement): void {
  each(resource, '', 'identifier', (identifier, text) => draft.addIdentifier(text, attributeOf(identifier, 'identifiertype')))
  each(resource, 'alternateIdentifiers', 'alternateIdentifier', (identifier, text) => {
    draft.addIdentifier(text, attributeOf(identifier, 'alternateidentifiertype'))
    if (/^ur[li]$/i.test(attributeOf(identifier, 'alternateidentifiertype') ?? '')) draft.addUrl(text)
  })
  each(resource, '', 'identifier', (_, text) => draft.addUrl(text))
}

function takeRelation(draft: DraftBuilder, related: XmlElement, text: string): void {
  const relation = attributeOf(related, 'relationtype')?.trim() ?? 'unknown'
  const isDoi = attributeOf(related, 'relatedidentifiertype')?.toUpperCase() === 'DOI' && /^10\.\d{4,9}\/\S+$/.test(text)
  const field = relations.get(relation.toLowerCase())
  if (field) draft.addReference(field, isDoi ? `https://doi.org/${text}` : text)
  else draft.keep(`relation.${relation}`, text)
}

function languageOf(element: XmlElement): string | undefined {
  return attributeOf(element, 'lang')
}
