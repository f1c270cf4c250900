import { toOwnText } from '../../quality/own-text.js'
import { attributeOf, type XmlElement } from '../../xml/element.js'

/** Where a list goes on, as the repository said. */
export interface ResumptionToken {
  value: string
  completeListSize?: number
}

/**
 * Reads the element `resumptionToken`. An empty one ends the list, as a missing one does.
 *
 * @returns The value as it must be sent back, unchanged but for white space round it; '' when the list ends.
 */
export function readResumptionToken(element: XmlElement): ResumptionToken {
  const size = Number(attributeOf(element, 'completelistsize')?.trim() || Number.NaN)
  return { value: toOwnText(element.text.trim()), ...(Number.isSafeInteger(size) && size > 0 ? { completeListSize: size } : {}) }
}
