import type { Mapping } from '../../crosswalks/mapping/mapping.js'
import type { XmlElement } from '../../xml/element.js'
import type { HarvestItem } from '../connector.js'

/** How records become items. */
export interface RecordOptions {
  /** What the metadata are read by, instead of the crosswalk of their format. */
  mapping?: Mapping
  /** Told of each item that has metadata; not across threads. */
  onRecord?: (item: HarvestItem, root: XmlElement) => void
}

export interface AnswerOptions extends RecordOptions {
  /** Format of the records, which an answer need not name. */
  metadataPrefix: string
  /** A larger record is reported instead of read. */
  maxRecordChars?: number
}
