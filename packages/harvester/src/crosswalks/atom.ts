import { toByteCount } from '../quality/byte-count.js'
import { toMediaType } from '../quality/media-type.js'
import { attributeOf, findChild, findChildren, textOf, type XmlElement } from '../xml/element.js'
import type { CrosswalkResult } from './crosswalk.js'
import { DraftBuilder } from './draft-builder.js'
import { takeConcept, takeSubject, takeTerm } from './dublin-core.js'

export interface AtomOptions {
  /** Address that relative links are resolved against, e.g. that of the feed. `xml:base` of the entry goes before it. */
  baseUrl?: string
  /** Language of the feed, for entries that declare none. */
  language?: string
}

/** Elements of Dublin Core that an entry of OPDS may have, in lower case. */
const terms = new Set([
  'language',
  'publisher',
  'issued',
  'created',
  'identifier',
  'audience',
  'educationlevel',
  'license',
  'extent',
  'ispartof',
  'haspart',
  'source',
  'subject',
  'type',
  'alternative',
  'abstract',
])

/**
 * An entry of an Atom feed or of an OPDS catalogue to a resource.
 *
 * @param entry - The element `entry`.
 */
export function atomEntryToResource(entry: XmlElement, options: AtomOptions = {}): CrosswalkResult {
  const draft = new DraftBuilder()
  const language = attributeOf(entry, 'lang') ?? options.language
  const base = resolve(attributeOf(entry, 'base'), options.baseUrl) ?? options.baseUrl
  each(entry, 'title', (text, element) => draft.addName(text, languageOf(element, language)))
  each(entry, 'summary', (text, element) => draft.addDescription(text, languageOf(element, language)))
  const content = findChild(entry, 'content')
  // Content is often the resource itself; it describes the entry only when there is no summary.
  if (content && !findChild(entry, 'summary') && /^(|text|html|xhtml|text\/(plain|html))$/i.test(attributeOf(content, 'type') ?? ''))
    each(entry, 'content', (text, element) => draft.addDescription(text, languageOf(element, language)))
  const source = resolve(attributeOf(content, 'src'), base)
  for (const [name, field] of [
    ['author', 'creator'],
    ['contributor', 'contributor'],
  ] as const) {
    for (const person of findChildren(entry, name)) {
      const written = textOf(findChild(person, 'name')) ?? (person.children.length === 0 ? textOf(person) : undefined)
      if (written) draft.addAgentName(field, written, languageOf(person, undefined))
    }
  }
  for (const category of findChildren(entry, 'category')) takeCategory(draft, category, language)
  each(entry, 'rights', (text) => draft.addLicense(text))
  const id = textOf(findChild(entry, 'id'))
  if (id) draft.addIdentifier(id)
  takeLinks(draft, entry, base)
  if (source) draft.addFile(source, formatOf(content))
  for (const element of entry.children) {
    const text = terms.has(element.name.toLowerCase()) && findChild(element, 'id') === undefined ? textOf(element) : undefined
    if (text !== undefined) takeTerm(draft, element.name.toLowerCase(), text, languageOf(element, language))
  }
  each(entry, 'published', (text) => draft.addDate('datePublished', text))
  each(entry, 'updated', (text) => draft.addDate('dateModified', text))
  if (!draft.hasUrl && id) draft.addUrl(id)
  draft.useResolverAddress()
  return draft.build()
}

function takeLinks(draft: DraftBuilder, entry: XmlElement, base: string | undefined): void {
  for (const link of findChildren(entry, 'link')) {
    const rel = attributeOf(link, 'rel')?.trim().toLowerCase() || 'alternate'
    const address = resolve(attributeOf(link, 'href'), base)
    if (address === undefined) continue
    const type = attributeOf(link, 'type') ?? ''
    const isEntry = /atom\+xml|opds\+json/.test(type)
    if (rel === 'alternate' && !isEntry) draft.addUrl(address)
    else if (rel === 'enclosure' || /ore\/terms\/aggregates$|^http:\/\/opds-spec\.org\/acquisition(\/open-access)?$/.test(rel))
      draft.addFile(address, formatOf(link))
    else if (/opds-spec\.org\/acquisition\//.test(rel)) draft.keep('relation.acquisition', address)
    else if (/opds-spec\.org\/image|^(icon|thumbnail)$|x-stanza-cover/.test(rel)) draft.addThumbnail(address)
    else if (rel === 'license') draft.addLicense(address)
    else if (rel === 'via' || rel === 'related') draft.keep(`relation.${rel}`, address)
    else if (rel === 'collection' || rel === 'up') draft.addReference('isPartOf', address)
  }
}

/** A category names a subject by its label; schemes for levels and kinds tell themselves. */
function takeCategory(draft: DraftBuilder, category: XmlElement, language: string | undefined): void {
  const text = attributeOf(category, 'label')?.trim() || attributeOf(category, 'term')?.trim() || textOf(category)
  const scheme = attributeOf(category, 'scheme')?.toLowerCase() ?? ''
  if (!text) return
  if (/education-?level|grade|stage/.test(scheme)) takeConcept(draft, 'educationalLevel', text)
  else if (/resource-?type|#type|genre/.test(scheme)) takeConcept(draft, 'learningResourceType', text)
  else if (/audience/.test(scheme)) takeConcept(draft, 'audience', text)
  else takeSubject(draft, text, language)
}

function formatOf(element: XmlElement | undefined): { encodingFormat?: string; contentSize?: number } {
  const encodingFormat = toMediaType(attributeOf(element, 'type'))
  const contentSize = toByteCount(attributeOf(element, 'length'))
  return { ...(encodingFormat && { encodingFormat }), ...(contentSize && { contentSize }) }
}

function resolve(address: string | undefined, base: string | undefined): string | undefined {
  const text = address?.trim()
  if (!text) return undefined
  return URL.canParse(text, base) ? new URL(text, base).href : undefined
}

function each(entry: XmlElement, name: string, take: (text: string, element: XmlElement) => void): void {
  for (const element of findChildren(entry, name)) {
    const text = textOf(element)
    if (text !== undefined) take(text, element)
  }
}

function languageOf(element: XmlElement, otherwise: string | undefined): string | undefined {
  return attributeOf(element, 'lang') ?? otherwise
}
