import type { XmlElement } from '../../xml/element.js'
import { createElementReader, XmlFault } from '../../xml/element-reader.js'
import { createXmlRepair } from '../../xml/repair.js'
import type { HarvestItem } from '../connector.js'
import type { AnswerOptions } from './answer-options.js'
import { toBrokenItem, toTooLargeItem } from './record.js'

// The header tells an OAI-PMH record from an element of that name inside of metadata, as MARCXML has.
const recordStart = /<(?:[\w.-]+:)?record(?:\s[^>]*)?>(?=\s*<(?:[\w.-]+:)?header[\s>/])/gi
const recordEnd = /<\/(?:[\w.-]+:)?record\s*>/gi

/**
 * Reads the records of a page one by one where the page as a whole is not well-formed. A record that cannot be read becomes an item that says so.
 *
 * @returns `isWhole` is true when the page reaches its end, so that only broken records are missing.
 */
export function salvageRecords(
  text: string,
  options: AnswerOptions,
  toItem: (element: XmlElement) => HarvestItem,
): { items: HarvestItem[]; token?: XmlElement; isWhole: boolean } {
  const items: HarvestItem[] = []
  const starts = [...text.matchAll(recordStart)].map((match) => match.index)
  const isWhole = /<\/(?:[\w.-]+:)?OAI-PMH\s*>/i.test(text.slice(-2000))
  let tail = starts[0] ?? 0
  starts.forEach((start, index) => {
    const next = starts[index + 1] ?? text.length
    const end = findRecordEnd(text, start, next)
    tail = end ?? next
    // Without its end the last record was cut off with the page.
    if (end === undefined && index === starts.length - 1 && !isWhole) return
    const source = text.slice(start, end ?? next)
    const { elements, fault, isTooLarge } = readFragment(source, 'record', options.maxRecordChars)
    const element = elements[0]
    if (isTooLarge && element) items.push(toTooLargeItem(element, options.metadataPrefix))
    else if (element) items.push(toItem(element))
    else items.push(toBrokenItem(source, fault ?? 'it has no end', options.metadataPrefix))
  })
  const token = /<(?:[\w.-]+:)?resumptionToken[\s>/][\s\S]*$/i.exec(text.slice(tail))?.[0]
  const tokenElement = token === undefined ? undefined : readFragment(token, 'resumptiontoken').elements[0]
  return { items, isWhole, ...(tokenElement ? { token: tokenElement } : {}) }
}

/** End of the last `</record>` before the next record begins. */
function findRecordEnd(text: string, start: number, next: number): number | undefined {
  recordEnd.lastIndex = start
  let end: number | undefined
  for (let match = recordEnd.exec(text); match && match.index < next; match = recordEnd.exec(text)) end = match.index + match[0].length
  return end
}

function readFragment(
  source: string,
  name: string,
  maxElementChars?: number,
): { elements: XmlElement[]; fault?: string; isTooLarge: boolean } {
  const elements: XmlElement[] = []
  let isTooLarge = false
  const reader = createElementReader({
    captures: new Set([name]),
    maxElementChars,
    onElement: (element) => elements.push(element),
    onTooLarge: (element) => {
      isTooLarge = true
      elements.push(element)
    },
  })
  const repair = createXmlRepair({ isFragment: true })
  try {
    reader.write(repair.write(source) + repair.end())
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error
    return { elements, fault: error.message, isTooLarge }
  }
  return { elements, isTooLarge }
}
