import { toByteCount } from '../quality/byte-count.js'
import { toMediaType } from '../quality/media-type.js'
import { attributeOf, findChildren, textOf, type XmlElement } from '../xml/element.js'
import type { CrosswalkResult } from './crosswalk.js'
import { takeDSpaceField } from './dim.js'
import { DraftBuilder } from './draft-builder.js'

/** Elements of a document that are no metadata schema. */
const notSchemas = new Set(['bundles', 'others', 'repository', 'license'])

/** XOAI, the inner format of DSpace (nested `element name` and `field name`), with the files of the item, to a resource. */
export function xoaiToResource(root: XmlElement): CrosswalkResult {
  const draft = new DraftBuilder()
  for (const schema of findChildren(root, 'element')) {
    const name = nameOf(schema)
    if (name === 'bundles') takeFiles(draft, schema)
    else if (name === 'others') takeHandle(draft, schema)
    else if (!notSchemas.has(name)) {
      for (const element of findChildren(schema, 'element')) takeElement(draft, name, nameOf(element), '', element)
    }
  }
  draft.useResolverAddress()
  return draft.build()
}

/** Below an element come qualifiers, then the language; a level that has values itself is the language. */
function takeElement(draft: DraftBuilder, schema: string, name: string, qualifier: string, element: XmlElement): void {
  for (const child of findChildren(element, 'element')) {
    const values = fieldsOf(child, 'value')
    const inner = nameOf(child)
    const language = /^[a-z]{2,3}([_-][a-z0-9]{2,8})*$/i.test(inner) && !/^(uri|iso)$/.test(inner) ? inner : undefined
    for (const text of values) {
      takeDSpaceField(draft, { schema, element: name, qualifier: qualifier || (language || inner === 'none' ? '' : inner), text, language })
    }
    if (values.length === 0 && qualifier === '') takeElement(draft, schema, name, inner, child)
  }
  for (const text of fieldsOf(element, 'value')) {
    if (qualifier === '') takeDSpaceField(draft, { schema, element: name, qualifier, text })
  }
}

function takeFiles(draft: DraftBuilder, bundles: XmlElement): void {
  for (const bundle of findChildren(bundles, 'element')) {
    const kind = fieldsOf(bundle, 'name')[0]?.toUpperCase()
    for (const list of findChildren(bundle, 'element')) {
      for (const file of findChildren(list, 'element')) {
        const [url] = fieldsOf(file, 'url')
        if (url === undefined) continue
        if (kind === 'THUMBNAIL') draft.addThumbnail(url)
        if (kind !== 'ORIGINAL') continue
        const [name] = fieldsOf(file, 'name')
        const encodingFormat = toMediaType(fieldsOf(file, 'format')[0])
        const contentSize = toByteCount(fieldsOf(file, 'size')[0])
        draft.addFile(url, { ...(encodingFormat && { encodingFormat }), ...(contentSize && { contentSize }), ...(name && { name }) })
      }
    }
  }
}

function takeHandle(draft: DraftBuilder, others: XmlElement): void {
  const [handle] = fieldsOf(others, 'handle')
  if (handle) draft.addIdentifier(`hdl:${handle}`)
}

function fieldsOf(element: XmlElement, name: string): string[] {
  return findChildren(element, 'field')
    .filter((field) => nameOf(field) === name)
    .map(textOf)
    .filter((text) => text !== undefined)
}

function nameOf(element: XmlElement): string {
  return (attributeOf(element, 'name') ?? '').trim()
}
