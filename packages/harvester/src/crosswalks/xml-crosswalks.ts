import { findChild, type XmlElement } from '../xml/element.js'
import { atomEntryToResource } from './atom.js'
import type { CrosswalkResult } from './crosswalk.js'
import { dataciteToResource } from './datacite.js'
import { dimToResource } from './dim.js'
import { edmToResource } from './edm.js'
import { jyt0607Draft } from './jyt-0607.js'
import { lomToResource } from './lom.js'
import { manifestToResource } from './manifest.js'
import { mapXml } from './mapping/map-record.js'
import { marcxmlToResource } from './marcxml.js'
import { metsToResource } from './mets.js'
import { modsToResource } from './mods.js'
import { oaiDcToResource } from './oai-dc.js'
import { xoaiToResource } from './xoai.js'

type XmlCrosswalk = (root: XmlElement) => CrosswalkResult

/** By local name of the root element of the metadata, in lower case, where the name alone tells: namespaces and prefixes are often wrong. */
const byRootName: Record<string, XmlCrosswalk> = {
  dc: (root) => (root.children[0]?.name === 'dcvalue' ? dimToResource(root) : oaiDcToResource(root)),
  oai_dc: oaiDcToResource,
  qualifieddc: oaiDcToResource,
  qdc: oaiDcToResource,
  dcterms: oaiDcToResource,
  uketddc: oaiDcToResource,
  lom: lomToResource,
  manifest: manifestToResource,
  mods: modsToResource,
  modscollection: modsToResource,
  dim: dimToResource,
  dublin_core: dimToResource,
  mets: metsToResource,
  oai_datacite: dataciteToResource,
}

/** Names that several formats have for their root: the namespace tells, then the metadataPrefix, then what stands inside. */
const shared: readonly {
  root: string
  namespace: RegExp
  prefix: RegExp
  holds: (root: XmlElement) => boolean
  crosswalk: XmlCrosswalk
}[] = [
  {
    root: 'record',
    namespace: /loc\.gov\/marc21|slim|info:lc\/xmlns\/marcxchange/i,
    prefix: /marc/i,
    holds: (root) => findChild(root, 'datafield') !== undefined,
    crosswalk: marcxmlToResource,
  },
  {
    root: 'collection',
    namespace: /loc\.gov\/marc21|info:lc\/xmlns\/marcxchange/i,
    prefix: /marc/i,
    holds: (root) => findChild(root, 'record') !== undefined,
    crosswalk: marcxmlToResource,
  },
  {
    root: 'record',
    namespace: /imsmd/i,
    prefix: /^ims/i,
    holds: (root) => findChild(root, 'general') !== undefined,
    crosswalk: lomToResource,
  },
  {
    root: 'resource',
    namespace: /datacite|openaire/i,
    prefix: /datacite|openaire/i,
    holds: (root) => findChild(root, 'titles') !== undefined,
    crosswalk: dataciteToResource,
  },
  {
    root: 'entry',
    namespace: /w3\.org\/2005\/Atom/i,
    prefix: /atom|opds|ore/i,
    holds: (root) => findChild(root, 'title') !== undefined,
    crosswalk: atomEntryToResource,
  },
  {
    root: 'metadata',
    namespace: /lyncode\.com\/xoai/i,
    prefix: /xoai/i,
    holds: (root) => findChild(root, 'element') !== undefined,
    crosswalk: xoaiToResource,
  },
  {
    root: 'rdf',
    namespace: /europeana\.eu\/schemas\/edm/i,
    prefix: /edm/i,
    holds: (root) => root.children.some((child) => findChild(child, 'title')),
    crosswalk: edmToResource,
  },
]

const sharedRoots = new Set(shared.map(({ root }) => root))

/** Prefixes whose records count by a profile, whatever their root is called. */
const profilePrefix = /jy_?-?t_?-?0?607|celts-?_?42/i

const maxWrapped = 500

/**
 * Finds the crosswalk for what stands inside of `metadata`, and the element that it begins with: by the name and the namespace of the root, then by
 * the metadataPrefix, then by a known format that the root only wraps.
 */
export function findXmlCrosswalk(metadata: XmlElement, metadataPrefix: string): { crosswalk: XmlCrosswalk; root: XmlElement } | undefined {
  const root = metadata.children[0]
  if (!root) return undefined
  const crosswalk = findByRoot(root, metadataPrefix)
  if (crosswalk) return { crosswalk, root }
  if (profilePrefix.test(metadataPrefix)) return { crosswalk: (root) => mapXml(root, jyt0607Draft), root: metadata }
  // Elements of Dublin Core without the element that should hold them.
  if (/(^|_)(q|d)?dc$/i.test(metadataPrefix) && (findChild(metadata, 'title') || findChild(root, 'title'))) {
    return { crosswalk: oaiDcToResource, root: findChild(metadata, 'title') ? metadata : root }
  }
  if (/lom/i.test(metadataPrefix) && findChild(metadata, 'general')) return { crosswalk: lomToResource, root: metadata }
  if (/lom/i.test(metadataPrefix) && findChild(root, 'general')) return { crosswalk: lomToResource, root }
  return findWrapped(root)
}

function findByRoot(root: XmlElement, metadataPrefix: string): XmlCrosswalk | undefined {
  const name = root.name.toLowerCase()
  if (!sharedRoots.has(name)) return Object.hasOwn(byRootName, name) ? byRootName[name] : undefined
  const candidates = shared.filter((format) => format.root === name)
  const namespaces = Object.entries(root.attributes)
    .filter(([key]) => /^xmlns(:|$)|schemaLocation$/i.test(key))
    .map(([, value]) => value)
  const found =
    candidates.find(({ namespace }) => namespaces.some((text) => text !== '' && namespace.test(text))) ??
    candidates.find(({ prefix }) => metadataPrefix !== '' && prefix.test(metadataPrefix)) ??
    candidates.find(({ holds }) => holds(root))
  return found?.crosswalk
}

/** Formats such as DIDL carry a record of another format inside. */
function findWrapped(root: XmlElement): { crosswalk: XmlCrosswalk; root: XmlElement } | undefined {
  const queue = [...root.children]
  for (let index = 0; index < queue.length && index < maxWrapped; index++) {
    const element = queue[index]
    if (!element) break
    const name = element.name.toLowerCase()
    const crosswalk = Object.hasOwn(byRootName, name) ? byRootName[name] : undefined
    if (crosswalk && element.children.length > 0) return { crosswalk, root: element }
    for (const child of element.children.slice(0, maxWrapped)) queue.push(child)
  }
  return undefined
}
