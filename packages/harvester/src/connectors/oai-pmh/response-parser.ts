import type { Issue } from '@edufed/sdk/schemas'
import { type CharsetDecoder, createCharsetDecoder, decodeText, decodeUtf8 } from '../../fetch/charset.js'
import { readCleanDocument } from '../../xml/clean-document.js'
import { attributeOf, textOf, type XmlElement } from '../../xml/element.js'
import { createElementReader, XmlFault } from '../../xml/element-reader.js'
import { createXmlRepair, type RepairCode, repairCodes } from '../../xml/repair.js'
import type { HarvestItem } from '../connector.js'
import type { AnswerOptions } from './answer-options.js'
import { toHarvestItem, toListedItem, toTooLargeItem } from './record.js'
import { type ResumptionToken, readResumptionToken } from './resumption-token.js'
import { salvageRecords } from './salvage.js'

/** One answer of a repository, read. */
export interface OaiAnswer {
  /** False when the root element is not OAI-PMH. */
  isOai: boolean
  /** Local name of the root element. */
  rootName?: string
  /** True when the document was read to the end of its root element. */
  isWhole: boolean
  responseDate?: string
  errors: { code: string; message: string }[]
  items: HarvestItem[]
  token?: ResumptionToken
  identify?: XmlElement
  formats: XmlElement[]
  sets: XmlElement[]
  /** Repairs of the XML and of its encoding. */
  issues: Issue[]
  fault?: XmlFault
}

interface AnswerParser {
  write(chunk: Uint8Array): void
  /** The answer, also when the document broke off: then `isWhole` is false and `items` has the records that were complete. */
  end(): OaiAnswer
}

const captures = new Set(['record', 'header', 'responsedate', 'error', 'resumptiontoken', 'identify', 'metadataformat', 'set'])

/** Makes a parser that reads an answer piece by piece. Names count without prefix, and in any case of letters. */
function createAnswerParser(contentType: string | undefined, options: AnswerOptions): AnswerParser {
  const decoder = createCharsetDecoder(contentType)
  const repair = createXmlRepair()
  const answer = emptyAnswer()
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
  const clean = body.length <= maxCleanBytes ? readCleanAnswer(body, contentType, options) : undefined
  if (clean) return clean
  const parser = createAnswerParser(contentType, options)
  for (let at = 0; at < body.length; at += sliceBytes) parser.write(body.subarray(at, at + sliceBytes))
  return mendAnswer(parser.end(), body, contentType, options)
}

/** Most answers need neither repair nor a parser that says where they are wrong; undefined for all others. */
function readCleanAnswer(body: Uint8Array, contentType: string | undefined, options: AnswerOptions): OaiAnswer | undefined {
  const text = decodeUtf8(body, contentType)
  const document = text === undefined ? undefined : readCleanDocument(text, captures, options.maxRecordChars)
  if (document?.rootName.toLowerCase() !== 'oai-pmh') return undefined
  const answer = emptyAnswer()
  answer.isOai = true
  answer.isWhole = true
  answer.rootName = document.rootName
  for (const element of document.elements) takeElement(answer, element, options)
  return answer
}

function emptyAnswer(): OaiAnswer {
  return { isOai: false, isWhole: false, errors: [], items: [], formats: [], sets: [], issues: [] }
}

/** The answer itself when its XML was well-formed; otherwise what can be saved of the body, record by record. */
function mendAnswer(answer: OaiAnswer, body: Uint8Array, contentType: string | undefined, options: AnswerOptions): OaiAnswer {
  if (answer.fault?.kind !== 'invalid' || !answer.isOai) return answer
  const { text } = decodeText(body, contentType)
  const saved = salvageRecords(text, options, (element) => toHarvestItem(element, options.metadataPrefix, options))
  if (saved.items.length === 0 && !saved.isWhole) return answer
  const { fault: _, ...rest } = answer
  return { ...rest, items: saved.items, isWhole: saved.isWhole, ...(saved.token ? { token: readResumptionToken(saved.token) } : {}) }
}

function takeElement(answer: OaiAnswer, element: XmlElement, options: AnswerOptions): void {
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

function addFindings(answer: OaiAnswer, decoder: CharsetDecoder, repairs: ReadonlyMap<RepairCode, number>, hasTextAfter: boolean): void {
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
