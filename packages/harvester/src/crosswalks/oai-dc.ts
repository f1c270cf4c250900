import type { XmlElement } from '../xml/element.js'
import type { CrosswalkResult } from './crosswalk.js'
import { DraftBuilder } from './draft-builder.js'
import { takeDublinCore } from './dublin-core.js'

/**
 * Dublin Core, simple (`oai_dc`) or qualified, to a resource. Elements count by local name, in any order and number.
 *
 * @param root - The element that holds the Dublin Core elements.
 */
export function oaiDcToResource(root: XmlElement): CrosswalkResult {
  const draft = new DraftBuilder()
  takeDublinCore(draft, root)
  return draft.build()
}
