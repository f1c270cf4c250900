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

/** The richest format that a crosswalk can read: LOM before qualified Dublin Core before oai_dc; undefined when there is none. */
export function chooseFormat(formats: readonly MetadataFormat[]): string | undefined {
  return formats
    .map((format) => ({ format, rank: rankOf(format) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)[0]?.format.metadataPrefix
}

function rankOf({ metadataPrefix, namespace }: MetadataFormat): number {
  const prefix = metadataPrefix.toLowerCase()
  if (/ltsc\.ieee\.org\/xsd\/lom|imsmd|imsccv1p\d\/lom/i.test(namespace)) return 4
  if (lomPrefixes.includes(prefix)) return 3
  if (/^(oai_)?q(ualified)?_?dc$|^dcterms$/.test(prefix)) return 2
  return prefix === 'oai_dc' || prefix === 'dc' ? 1 : 0
}
