import { toMediaType } from '../quality/media-type.js'
import { attributeOf, findChild, findChildren, textOf, type XmlElement } from '../xml/element.js'
import type { CrosswalkResult } from './crosswalk.js'
import { DraftBuilder } from './draft-builder.js'
import { takeSubject, takeTerm, textOrAddressOf } from './dublin-core.js'

/** Elements of the object, beyond Dublin Core, that another taker reads. */
const terms = new Map([
  ['hastype', 'type'],
  ['isderivativeof', 'source'],
  ['iscontainedin', 'ispartof'],
  ['incorporates', 'haspart'],
])

/**
 * The Europeana Data Model as RDF/XML to a resource: the object, its aggregation (addresses, rights, provider), and the names of agents and
 * concepts that it points to. Any other RDF/XML whose descriptions hold Dublin Core is read the same way.
 *
 * @param root - The element `rdf:RDF`.
 */
export function edmToResource(root: XmlElement): CrosswalkResult {
  const draft = new DraftBuilder()
  const contexts = new Map<string, XmlElement>()
  for (const element of root.children) {
    const about = attributeOf(element, 'about')
    if (about !== undefined) contexts.set(about, element)
  }
  const objects = findObjects(root)
  for (const object of objects) takeObject(draft, object, contexts)
  for (const aggregation of findChildren(root, 'Aggregation')) takeAggregation(draft, aggregation, contexts)
  for (const resource of findChildren(root, 'WebResource')) takeRights(draft, resource)
  const about = attributeOf(objects[0], 'about')
  if (about) {
    draft.addIdentifier(about)
    if (!draft.hasUrl) draft.addUrl(about)
  }
  draft.useResolverAddress()
  return draft.build()
}

/** The object itself; with proxies, what the provider says of it; else the description that has a title. */
function findObjects(root: XmlElement): XmlElement[] {
  const objects = findChildren(root, 'ProvidedCHO').filter((object) => object.children.length > 0)
  const proxies = findChildren(root, 'Proxy')
  const own = proxies.filter((proxy) => textOf(findChild(proxy, 'europeanaProxy'))?.toLowerCase() !== 'true')
  const found = [...objects, ...(own.length > 0 ? own : proxies)]
  if (found.length > 0) return found
  return root.children.filter((element) => findChild(element, 'title')).slice(0, 1)
}

function takeObject(draft: DraftBuilder, object: XmlElement, contexts: ReadonlyMap<string, XmlElement>): void {
  for (const element of object.children) {
    const name = element.name.toLowerCase()
    const term = terms.get(name) ?? name
    const target = contexts.get(attributeOf(element, 'resource') ?? '')
    if (target === undefined) {
      const text = textOrAddressOf(element)
      if (text === undefined) continue
      if (term === 'subject') takeAddressedSubject(draft, text, attributeOf(element, 'lang'))
      else takeTerm(draft, term, text, attributeOf(element, 'lang'))
    } else takeLabels(draft, term, target)
  }
}

/** A concept that the record only points to says nothing that could be shown; its address is kept. */
function takeAddressedSubject(draft: DraftBuilder, text: string, language: string | undefined): void {
  if (/^https?:/i.test(text)) draft.keep('about', text)
  else takeSubject(draft, text, language)
}

/** The labels of an agent or concept, in the languages that it has; of a creator one name is enough. */
function takeLabels(draft: DraftBuilder, term: string, target: XmlElement): void {
  const labels = [...findChildren(target, 'prefLabel'), ...findChildren(target, 'name')]
  const used = /^(creator|contributor|publisher)$/.test(term) ? labels.slice(0, 1) : labels
  for (const label of used) {
    const text = textOf(label)
    if (text !== undefined) takeTerm(draft, term, text, attributeOf(label, 'lang'))
  }
}

function takeAggregation(draft: DraftBuilder, aggregation: XmlElement, contexts: ReadonlyMap<string, XmlElement>): void {
  for (const address of [...findChildren(aggregation, 'isShownAt'), ...findChildren(aggregation, 'landingPage')])
    draft.addUrl(textOrAddressOf(address) ?? '')
  for (const name of ['isShownBy', 'hasView']) {
    for (const file of findChildren(aggregation, name)) {
      const address = textOrAddressOf(file) ?? ''
      const encodingFormat = toMediaType(
        textOf(findChild(contexts.get(address), 'hasMimeType')) ?? textOf(findChild(contexts.get(address), 'format')),
      )
      draft.addFile(address, encodingFormat ? { encodingFormat } : {})
    }
  }
  for (const picture of findChildren(aggregation, 'object')) draft.addThumbnail(textOrAddressOf(picture) ?? '')
  for (const name of ['dataProvider', 'provider']) {
    for (const element of findChildren(aggregation, name)) {
      const target = contexts.get(attributeOf(element, 'resource') ?? '')
      const label = target ? (findChild(target, 'prefLabel') ?? findChild(target, 'name')) : element
      const text = textOf(label)
      if (text) draft.addAgentName('provider', text, attributeOf(label, 'lang'), 'Organization')
    }
  }
  takeRights(draft, aggregation)
}

function takeRights(draft: DraftBuilder, element: XmlElement): void {
  for (const rights of findChildren(element, 'rights')) draft.addLicense(textOrAddressOf(rights) ?? '')
}
