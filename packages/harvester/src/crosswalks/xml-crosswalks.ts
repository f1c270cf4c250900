import { findChild, type XmlElement } from '../xml/element.js'
import type { CrosswalkResult } from './crosswalk.js'
import { lomToResource } from './lom.js'
import { oaiDcToResource } from './oai-dc.js'

type XmlCrosswalk = (root: XmlElement) => CrosswalkResult

/** By local name of the root element of the metadata, in lower case: namespaces and prefixes are often wrong. */
const byRootName: Record<string, XmlCrosswalk> = {
  dc: oaiDcToResource,
  qualifieddc: oaiDcToResource,
  dcterms: oaiDcToResource,
  lom: lomToResource,
}

/** Finds the crosswalk for what stands inside of `metadata`, and the element that it begins with. */
export function findXmlCrosswalk(metadata: XmlElement, metadataPrefix: string): { crosswalk: XmlCrosswalk; root: XmlElement } | undefined {
  const root = metadata.children[0]
  if (!root) return undefined
  const crosswalk = byRootName[root.name.toLowerCase()]
  if (crosswalk) return { crosswalk, root }
  const packaged = root.name.toLowerCase() === 'manifest' ? findChild(findChild(root, 'metadata'), 'lom') : undefined
  if (packaged) return { crosswalk: lomToResource, root: packaged }
  // Elements of Dublin Core without the element that should hold them.
  if (/(^|_)dc$/.test(metadataPrefix) && findChild(metadata, 'title')) return { crosswalk: oaiDcToResource, root: metadata }
  if (/lom/.test(metadataPrefix) && findChild(metadata, 'general')) return { crosswalk: lomToResource, root: metadata }
  return undefined
}
