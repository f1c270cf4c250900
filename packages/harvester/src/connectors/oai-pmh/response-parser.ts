import type { Issue } from '@edufed/sdk/schemas'
import { type CharsetDecoder, createCharsetDecoder, decodeText, isPlainUtf8 } from '../../fetch/charset.js'
import { readCleanDocument } from '../../xml/clean-document.js'
import { attributeOf, textOf, type XmlElement } from '../../xml/element.js'
import { createElementReader, XmlFault } from '../../xml/element-reader.js'
import { createXmlRepair, type RepairCode, repairCodes } from '../../xml/repair.js'
import type { HarvestItem } from '../connector.js'
import type { AnswerOptions } from './answer-options.js'
import { toHarvestItem, toListedItem, toTooLargeItem } from './record.js'
import { type ResumptionToken, readResumptionToken } from './resumption-token.js'
import { salvageRecords } from './salvage.js'

/** Where the items of an answer go as they are read. */
export interface ItemList {
  readonly length: number
  push(item: HarvestItem): unknown
}

/** One answer of a repository, read. */
export interface OaiAnswer<Items extends ItemList = HarvestItem[]> {
  /** False when the root element is not OAI-PMH. */
  isOai: boolean
  /** Local name of the root element. */
  rootName?: string
  /** True when the document was read to the end of its root element. */
  isWhole: boolean
  responseDate?: string
  errors: { code: string; message: string }[]
  items: Items
  token?: ResumptionToken
  identify?: XmlElement
  formats: XmlElement[]
  sets: XmlElement[]
  /** Repairs of the XML and of its encoding. */
  issues: Issue[]
  fault?: XmlFault
}

interface AnswerParser<Items extends ItemList> {
  write(chunk: Uint8Array): void
  /** The answer, also when the document broke off: then `isWhole` is false and `items` has the records that were complete. */
  end(): OaiAnswer<Items>
}

const captures = new Set(['record', 'header', 'responsedate', 'error', 'resumptiontoken', 'identify', 'metadataformat', 'set'])

/** Makes a parser that reads an answer piece by piece. Names count without prefix, and in any case of letters. */
function createAnswerParser<Items extends ItemList>(
  contentType: string | undefined,
  options: AnswerOptions,
  items: Items,
): AnswerParser<Items> {
  const decoder = createCharsetDecoder(contentType)
  const repair = createXmlRepair()
  const answer = emptyAnswer(items)
  const reader = createElementReader({
    captures,
    maxElementChars: options.maxRecordChars,
    onRoot: (name) => {
      answer.rootName = name
      answer.isOai = name.toLowerCase() === 'oai-pmh'
    },
    onElement: (element) => takeElement(answer, element, options),
    onTooLarge: (element) => {
      if (element.name.toLowerCase() === 'record') answer.items.push(toTooLargeItem(element, options.metadataPrefix))
    },
  })

  const read = (text: string) => {
    if (answer.fault) return
    try {
      reader.write(text)
    } catch (error) {
      if (!(error instanceof XmlFault)) throw error
      answer.fault = error
    }
  }

  return {
    write: (chunk) => read(repair.write(decoder.decode(chunk))),
    end: () => {
      read(repair.write(decoder.end()))
      read(repair.end())
      answer.isWhole = reader.isComplete
      addFindings(answer, decoder, repair.counts, reader.hasTextAfter)
      return answer
    },
  }
}

/** Larger bodies are not held as text a second time. */
const maxCleanBytes = 8 * 1024 * 1024
const sliceBytes = 65_536

/**
 * Reads a body, which may have broken off. When its XML is broken inside of a record, the other records are read all the same.
 *
 * The same bytes give the same items.
 */
export function parseAnswer(body: Uint8Array, contentType: string | undefined, options: AnswerOptions): OaiAnswer {
  return parseAnswerInto(body, contentType, options, (): HarvestItem[] => [])
}

/** The same, with the items in a list of another kind. @param createList - Called again when the body must be read in another way. */
export function parseAnswerInto<Items extends ItemList>(
  body: Uint8Array,
  contentType: string | undefined,
  options: AnswerOptions,
  createList: () => Items,
): OaiAnswer<Items> {
  const clean = body.length <= maxCleanBytes ? readCleanAnswer(body, contentType, options, createList()) : undefined
  if (clean) return clean
  const parser = createAnswerParser(contentType, options, createList())
  for (let at = 0; at < body.length; at += sliceBytes) parser.write(body.subarray(at, at + sliceBytes))
  const answer = parser.end()
  if (answer.fault?.kind !== 'invalid' || !answer.isOai) return answer
  return saveAnswer(answer, body, contentType, options, createList()) ?? answer
}

/** Most answers need neither repair nor a parser that says where they are wrong; undefined for all others. */
function readCleanAnswer<Items extends ItemList>(
  body: Uint8Array,
  contentType: string | undefined,
  options: AnswerOptions,
  items: Items,
): OaiAnswer<Items> | undefined {
  if (!isPlainUtf8(body, contentType)) return undefined
  const answer = emptyAnswer(items)
  answer.rootName = readCleanDocument(toPieces(body), {
    captures,
    maxElementChars: options.maxRecordChars,
    onElement: (element) => takeElement(answer, element, options),
  })
  if (answer.rootName?.toLowerCase() !== 'oai-pmh') return undefined
  answer.isOai = true
  answer.isWhole = true
  return answer
}

const recordEnd = Buffer.from('record>')
const minPieceBytes = 1024

/** The text of a body in pieces that end with a record. */
function* toPieces(body: Uint8Array): Generator<string> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(recordEnd, start + minPieceBytes)
    const end = found < 0 ? bytes.length : found + recordEnd.length
    yield bytes.toString('utf8', start, end)
    start = end
  }
}

function emptyAnswer<Items extends ItemList>(items: Items): OaiAnswer<Items> {
  return { isOai: false, isWhole: false, errors: [], items, formats: [], sets: [], issues: [] }
}

/** What can be saved of a body whose XML is broken, record by record; undefined when that is nothing. */
function saveAnswer<Items extends ItemList>(
  answer: OaiAnswer<Items>,
  body: Uint8Array,
  contentType: string | undefined,
  options: AnswerOptions,
  items: Items,
): OaiAnswer<Items> | undefined {
  const { text } = decodeText(body, contentType)
  const saved = salvageRecords(text, options, (element) => toHarvestItem(element, options.metadataPrefix, options))
  if (saved.items.length === 0 && !saved.isWhole) return undefined
  for (const item of saved.items) items.push(item)
  const { fault: _, ...rest } = answer
  return { ...rest, items, isWhole: saved.isWhole, ...(saved.token ? { token: readResumptionToken(saved.token) } : {}) }
}

function takeElement(answer: OaiAnswer<ItemList>, element: XmlElement, options: AnswerOptions): void {
  switch (element.name.toLowerCase()) {
    case 'record':
      answer.items.push(toHarvestItem(element, options.metadataPrefix, options))
      break
    case 'header':
      answer.items.push(toListedItem(element, options.metadataPrefix))
      break
    case 'responsedate':
      answer.responseDate ??= textOf(element)
      break
    case 'error':
      answer.errors.push({
        code: attributeOf(element, 'code')?.trim() ?? '',
        message: (textOf(element) ?? '').replace(/\s+/g, ' ').slice(0, 500),
      })
      break
    case 'resumptiontoken':
      answer.token = readResumptionToken(element)
      break
    case 'identify':
      answer.identify = element
      break
    case 'metadataformat':
      answer.formats.push(element)
      break
    case 'set':
      answer.sets.push(element)
      break
  }
}

function addFindings(
  answer: OaiAnswer<ItemList>,
  decoder: CharsetDecoder,
  repairs: ReadonlyMap<RepairCode, number>,
  hasTextAfter: boolean,
): void {
  for (const { code, message } of decoder.findings) answer.issues.push({ code, path: '', message, severity: 'warning' })
  for (const [code, count] of repairs) {
    answer.issues.push({
      code,
      path: '',
      message: count === 1 ? repairCodes[code] : `${repairCodes[code]} (${count} times)`,
      severity: 'warning',
    })
  }
  if (hasTextAfter)
    answer.issues.push({ code: 'xml.textAfterDocument', path: '', message: repairCodes['xml.textAfterDocument'], severity: 'warning' })
}
