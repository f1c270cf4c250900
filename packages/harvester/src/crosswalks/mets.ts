import { toMediaType } from '../quality/media-type.js'
import { attributeOf, findChild, findChildren, type XmlElement } from '../xml/element.js'
import type { CrosswalkResult } from './crosswalk.js'
import { takeDim } from './dim.js'
import { DraftBuilder } from './draft-builder.js'
import { takeDublinCore } from './dublin-core.js'
import { takeLom } from './lom.js'
import { takeMarc } from './marcxml.js'
import { takeMods } from './mods.js'

type Take = (draft: DraftBuilder, root: XmlElement) => void

/** Descriptions that a METS document may hold, by local name of their element in lower case, the most telling first. */
const takers: readonly [name: string, take: Take][] = [
  ['lom', takeLom],
  ['mods', takeMods],
  ['modscollection', takeMods],
  ['dim', takeDim],
  ['record', takeMarc],
  ['dc', takeDublinCore],
  ['qualifieddc', takeDublinCore],
]

/** Groups of files that are not the resource itself. */
const sideGroups = /thumb|preview|licen[sc]e|text|ocr|metadata|swordv|min\b/i

/**
 * METS to a resource: the description of the whole (MODS, LOM, DIM, MARCXML or Dublin Core in a `dmdSec`), and its files.
 *
 * @param root - The element `mets`.
 */
export function metsToResource(root: XmlElement): CrosswalkResult {
  const draft = new DraftBuilder()
  const [best] = descriptionsOf(root)
  if (best) best.take(draft, best.element)
  else draft.report('metadata.missing', 'dmdSec', 'The METS document holds no description: put MODS or Dublin Core into a dmdSec', 'error')
  for (const group of fileGroupsOf(root)) takeFiles(draft, group)
  draft.useResolverAddress()
  return draft.build()
}

/** The sections that the outermost division of the structure points to, the most telling first; else all sections. */
function descriptionsOf(root: XmlElement): { take: Take; element: XmlElement; rank: number }[] {
  const sections = findChildren(root, 'dmdSec')
  const maps = findChildren(root, 'structMap')
  const logical = maps.filter((map) => attributeOf(map, 'type')?.toLowerCase() === 'logical')
  const ids = new Set(
    [...logical, ...maps].flatMap((map) => attributeOf(findDescribed(map), 'dmdid')?.trim().split(/\s+/) ?? []).filter((id) => id !== ''),
  )
  const ofWhole = sections.filter((section) => ids.has(attributeOf(section, 'id') ?? ''))
  return (ofWhole.length > 0 ? ofWhole : sections).flatMap(readSection).sort((a, b) => a.rank - b.rank)
}

/** The outermost division that has a description; only first divisions are followed. */
function findDescribed(map: XmlElement): XmlElement | undefined {
  let division = findChild(map, 'div')
  while (division && attributeOf(division, 'dmdid') === undefined) division = findChild(division, 'div')
  return division
}

function readSection(section: XmlElement): { take: Take; element: XmlElement; rank: number }[] {
  const data = findChild(findChild(section, 'mdWrap'), 'xmlData')
  const elements = data?.children ?? []
  const found = elements.flatMap((element) => {
    const rank = takers.findIndex(([name]) => name === element.name.toLowerCase())
    const taker = takers[rank]
    return taker ? [{ take: taker[1], element, rank }] : []
  })
  // Elements of Dublin Core stand here without a wrapper of their own.
  return found.length > 0 || !findChild(data, 'title') || !data ? found : [{ take: takeDublinCore, element: data, rank: takers.length }]
}

function fileGroupsOf(root: XmlElement): XmlElement[] {
  const groups = findChildren(root, 'fileSec').flatMap((section) => findChildren(section, 'fileGrp'))
  return groups.flatMap((group) => [group, ...findChildren(group, 'fileGrp')])
}

function takeFiles(draft: DraftBuilder, group: XmlElement): void {
  const use = attributeOf(group, 'use') ?? ''
  for (const file of findChildren(group, 'file')) {
    const address = attributeOf(findChild(file, 'FLocat'), 'href') ?? ''
    if (/thumb|preview/i.test(use)) draft.addThumbnail(address)
    if (sideGroups.test(use)) continue
    const encodingFormat = toMediaType(attributeOf(file, 'mimetype'))
    const size = Number(attributeOf(file, 'size') ?? Number.NaN)
    draft.addFile(address, {
      ...(encodingFormat && { encodingFormat }),
      ...(Number.isSafeInteger(size) && size > 0 && { contentSize: size }),
    })
  }
}
