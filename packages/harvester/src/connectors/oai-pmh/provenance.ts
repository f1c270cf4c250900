import type { Origin, Via } from '@edufed/sdk/schemas'
import { attributeOf, findChild, findChildren, textOf, type XmlElement } from '../../xml/element.js'

const maxHops = 50

/** What `about/provenance` says of the way of a record: who published it first, and each hop from there, innermost first. */
export function readProvenance(record: XmlElement): { origin?: Origin; via?: Via[] } {
  const provenance = findChildren(record, 'about')
    .map((about) => findChild(about, 'provenance'))
    .find((element) => element !== undefined)
  const hops: Via[] = []
  for (
    let description = findChild(provenance, 'originDescription');
    description && hops.length < maxHops;
    description = findChild(description, 'originDescription')
  ) {
    const node = textOf(findChild(description, 'baseURL'))
    const identifier = textOf(findChild(description, 'identifier'))
    if (!node || !identifier) continue
    const datestamp = textOf(findChild(description, 'datestamp'))
    const harvestDate = attributeOf(description, 'harvestdate')
    hops.push({ node, identifier, ...(datestamp ? { datestamp } : {}), ...(harvestDate ? { harvestDate } : {}) })
  }
  hops.reverse()
  const first = hops[0]
  return first ? { origin: { authority: toAuthority(first), identifier: first.identifier }, via: hops } : {}
}

/** The name in an identifier of the oai scheme, else the host of the address. */
function toAuthority({ node, identifier }: Via): string {
  const domain = parseOaiIdentifier(identifier)
  if (domain) return domain
  return URL.canParse(node) ? new URL(node).hostname : node
}

/** The namespace of `oai:<namespace>:<local identifier>`. */
export function parseOaiIdentifier(identifier: string): string | undefined {
  return /^oai:([A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+):./.exec(identifier)?.[1]?.toLowerCase()
}
