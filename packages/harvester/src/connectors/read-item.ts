import type { SourceEntry } from '../crosswalks/mapping/mapping-source.js'
import type { HarvestItem, SourcedItem } from './connector.js'

/** An item as it was read, and what it was made from for those who ask. */
export interface ReadItem {
  item: HarvestItem
  toSource?: () => SourceEntry[]
}

export function toSourcedItem({ item, toSource }: ReadItem): SourcedItem {
  return toSource ? { item, source: toSource() } : { item }
}
