import { HarvestError } from '../errors.js'
import { decodeText } from '../fetch/charset.js'
import { redactUrl } from '../fetch/redact-url.js'
import { toLocalName, type XmlElement } from '../xml/element.js'
import { createElementReader, XmlFault } from '../xml/element-reader.js'
import { createXmlRepair } from '../xml/repair.js'
import type { RawResponse } from './connector.js'

/** An XML document, as far as it is of interest. */
export interface XmlDocument {
  /** Local name of the root element. */
  rootName: string
  /** The captured elements, in the order of their ends; one inside of another stands among the children of the outer one only. */
  elements: XmlElement[]
}

const htmlStart = /^\s*<(!doctype\s+html|html|head|body)[\s>]/i

/**
 * Reads a whole XML document, mended where that is safe.
 *
 * @param captures - Local names, in lower case, of the elements to read; the root element itself when absent.
 * @throws {HarvestError} `EDUFED_XML_HTML`, `EDUFED_XML_DOCTYPE`, `EDUFED_XML_INVALID`, or `EDUFED_FETCH_TRUNCATED` when it has no end.
 */
export function parseXmlDocument(raw: Pick<RawResponse, 'url' | 'mediaType' | 'body'>, captures?: ReadonlySet<string>): XmlDocument {
  const url = redactUrl(raw.url)
  const { text } = decodeText(raw.body, raw.mediaType)
  if (htmlStart.test(text.slice(0, 2000).replace(/^\ufeff/, ''))) throw toHtmlError(text, url)
  const found = findRootName(text)
  if (found === undefined)
    throw new HarvestError('EDUFED_XML_INVALID', { url, reason: text.trim() === '' ? 'it is empty' : 'it has no element' })
  const rootName = toLocalName(found)
  const elements: XmlElement[] = []
  const reader = createElementReader({
    captures: captures ?? new Set([rootName.toLowerCase()]),
    onElement: (element) => elements.push(element),
    onTooLarge: (element) => {
      throw new HarvestError('EDUFED_XML_INVALID', { url, reason: `the element <${element.name}> is too large or too deep` })
    },
  })
  const repair = createXmlRepair()
  try {
    reader.write(repair.write(text))
    reader.write(repair.end())
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error
    if (error.kind === 'doctype') throw new HarvestError('EDUFED_XML_DOCTYPE', { url }, { cause: error })
    throw new HarvestError('EDUFED_XML_INVALID', { url, reason: error.message.slice(0, 200).replace(/\.$/, '') }, { cause: error })
  }
  if (!reader.isComplete) throw new HarvestError('EDUFED_FETCH_TRUNCATED', { url, reason: 'the document has no end' })
  return { rootName, elements }
}

function findRootName(text: string): string | undefined {
  return /<([A-Za-z_\u0080-\uffff][\w.:\u0080-\uffff-]*)[\s/>]/.exec(
    text.slice(0, 65_536).replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, ''),
  )?.[1]
}

function toHtmlError(text: string, url: string): HarvestError {
  const title = /<title[^>]*>\s*([^<]{1,120}?)\s*</i.exec(text.slice(0, 5000))?.[1]
  return new HarvestError('EDUFED_XML_HTML', { url, title: title ? ` ("${title}")` : '' })
}
