import { findChild, textOf, type XmlElement } from '../../xml/element.js'

/** A metadata format that a repository offers. */
export interface MetadataFormat {
  metadataPrefix: string
  namespace: string
}

/** Names of IEEE LOM in the wild, the most telling first. */
const lomPrefixes = [
  'oai_lom',
  'lom',
  'ieee_lom',
  'oai_ieeelom',
  'lom_ims',
  'ims_lom',
  'oai_imslom',
  'imsmd',
  'ims_md',
  'gbt21365',
  'celts3',
]

export function toMetadataFormat(element: XmlElement): MetadataFormat | undefined {
  const metadataPrefix = textOf(findChild(element, 'metadataPrefix'))
  return metadataPrefix === undefined ? undefined : { metadataPrefix, namespace: textOf(findChild(element, 'metadataNamespace')) ?? '' }
}

/** Formats besides LOM that a crosswalk reads, by namespace and by name, the richest first. Those after oai_dc are read when they are asked for. */
const others: readonly { namespace: RegExp; prefix: RegExp }[] = [
  { namespace: /jy_?t_?-?0607|celts-?42/i, prefix: /^(oai_)?(jy_?-?t_?-?0?607|celts-?_?42)/ },
  { namespace: /purl\.org\/dc\/terms|\/qdc\b/i, prefix: /^(oai_)?q(ualified)?_?dc$|^(oai_)?dcterms$/ },
  { namespace: /loc\.gov\/mods/i, prefix: /^(oai_)?mods$/ },
  { namespace: /lyncode\.com\/xoai/i, prefix: /^xoai$/ },
  { namespace: /dspace\.org\/xmlns\/dspace\/dim/i, prefix: /^dim$/ },
  { namespace: /datacite/i, prefix: /^(oai_)?datacite4?$/ },
  { namespace: /^$/, prefix: /^(oai_)?d?dc$/ },
  { namespace: /europeana\.eu\/schemas\/edm/i, prefix: /^(oai_)?edm$/ },
  { namespace: /loc\.gov\/marc21|marcxchange/i, prefix: /^(oai_)?(marc|marc21|marcxml|unimarc|cnmarc|marcxchange)$/ },
  { namespace: /loc\.gov\/mets/i, prefix: /^(oai_)?mets$/ },
  { namespace: /w3\.org\/2005\/atom/i, prefix: /^(oai_)?(atom|opds|ore)$/ },
]

/** The richest format that a crosswalk can read: LOM before qualified Dublin Core before oai_dc; undefined when there is none. */
export function chooseFormat(formats: readonly MetadataFormat[]): string | undefined {
  return formats
    .map((format) => ({ format, rank: rankOf(format) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)[0]?.format.metadataPrefix
}

function rankOf({ metadataPrefix, namespace }: MetadataFormat): number {
  const prefix = metadataPrefix.toLowerCase()
  if (/ltsc\.ieee\.org\/xsd\/lom|imsmd|imsccv1p\d\/lom/i.test(namespace)) return others.length + 2
  if (lomPrefixes.includes(prefix)) return others.length + 1
  const place = others.findIndex((format) => format.prefix.test(prefix))
  const byNamespace = others.findIndex((format) => namespace !== '' && format.namespace.test(namespace))
  const known = place === -1 ? byNamespace : place
  return known === -1 ? 0 : others.length - known
}
