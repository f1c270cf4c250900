import { attributeOf, findChild, findChildren, textOf, type XmlElement } from '../xml/element.js'
import type { CrosswalkResult } from './crosswalk.js'
import { DraftBuilder } from './draft-builder.js'
import { takeLom } from './lom.js'

/**
 * The manifest of an IMS content package, a Common Cartridge or a SCORM package to a resource: its LOM, wrapped or not, and the title of its
 * default organisation when the LOM has none.
 *
 * @param root - The element `manifest`.
 */
export function manifestToResource(root: XmlElement): CrosswalkResult {
  const draft = new DraftBuilder()
  const metadata = findChild(root, 'metadata')
  const lom =
    findLom(metadata) ??
    findChildren(findChild(root, 'resources'), 'resource')
      .map((resource) => findLom(findChild(resource, 'metadata')))
      .find(Boolean)
  if (lom) takeLom(draft, lom)
  for (const name of ['schema', 'schemaversion']) draft.keep(name, textOf(findChild(metadata, name)) ?? '')
  if (!draft.hasName) draft.addName(titleOf(root) ?? '', attributeOf(root, 'lang'))
  return draft.build()
}

/** Metadata that holds the categories of LOM without the element `lom`, or calls that element `record` as the first binding did, counts as well. */
function findLom(metadata: XmlElement | undefined): XmlElement | undefined {
  const lom = findChild(metadata, 'lom') ?? findChild(metadata, 'record')
  return lom ?? (findChild(metadata, 'general') ? metadata : undefined)
}

function titleOf(root: XmlElement): string | undefined {
  const organizations = findChild(root, 'organizations')
  const all = findChildren(organizations, 'organization')
  const wanted = attributeOf(organizations, 'default')
  const chosen = all.find((organization) => attributeOf(organization, 'identifier') === wanted) ?? all[0]
  return textOf(findChild(chosen, 'title')) ?? textOf(findChild(findChild(chosen, 'item'), 'title'))
}
