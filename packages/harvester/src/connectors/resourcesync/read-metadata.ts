import { createHash } from 'node:crypto'
import type { Issue, ResourceDraft } from '@edufed/sdk/schemas'
import { mapJson, mapXml, toJsonEntries, toXmlEntries } from '../../crosswalks/mapping/map-record.js'
import type { Mapping } from '../../crosswalks/mapping/mapping.js'
import { findXmlCrosswalk } from '../../crosswalks/xml-crosswalks.js'
import { isHarvestError } from '../../errors.js'
import { toMediaType } from '../../quality/media-type.js'
import { toWebUrl } from '../../quality/url.js'
import type { HarvestItem, RawResponse } from '../connector.js'
import type { DocumentResult } from '../document-run.js'
import { type DocumentContext, fetchDocument } from '../fetch-document.js'
import type { ReadItem } from '../read-item.js'
import { readItems as readPageItems } from '../sitemap/page-items.js'
import { parseJsonFile } from '../smartedu/json-file.js'
import { parseXmlDocument } from '../xml-document.js'
import type { MetadataDocument } from './metadata-documents.js'
import type { ResourceSyncSettings } from './settings.js'

/** Reads one metadata document. One that is gone (404, 410) is a deleted record. */
export async function readMetadata(
  document: MetadataDocument,
  settings: ResourceSyncSettings,
  context: DocumentContext,
): Promise<DocumentResult> {
  return toResult(document, settings, context, async () => {
    const { status, raw } = await fetchDocument(document.url, context, {
      accept: 'application/xml, application/ld+json, text/html;q=0.8, */*;q=0.5',
      maxBytes: settings.maxDocumentBytes ?? 8_388_608,
      expected: [404, 410],
    })
    return status === 200 ? raw : status
  })
}

/** What a document comes to that is got by `get`: from the web, or out of a package. A status instead of it says that it is gone. */
export async function toResult(
  document: MetadataDocument,
  settings: ResourceSyncSettings,
  { signal }: DocumentContext,
  get: () => Promise<RawResponse | number>,
): Promise<DocumentResult> {
  try {
    const raw = await get()
    if (typeof raw === 'number') return { items: [toGone(document, raw)] }
    const items = readItems(raw, document, settings).map(({ item }) => item)
    return items.length > 0 ? { items, raw: { ...raw, url: toRawUrl(document) } } : { items, note: 'resource.noMetadata' }
  } catch (error) {
    signal.throwIfAborted()
    if (!isHarvestError(error)) throw error
    return { items: [], failure: error }
  }
}

/** The items of a kept document. */
export function readKept(raw: RawResponse, settings: ResourceSyncSettings): ReadItem[] {
  const [url = '', fragment = ''] = raw.url.split('#')
  const kept = new URLSearchParams(fragment).get('document')
  return readItems(
    raw,
    kept === null ? { url, identifier: url } : { url, ...(JSON.parse(kept) as Omit<MetadataDocument, 'url'>) },
    settings,
  )
}

function toRawUrl({ url, ...others }: MetadataDocument): string {
  return `${url.replace(/#.*$/, '')}#document=${encodeURIComponent(JSON.stringify(others))}`
}

function readItems(raw: RawResponse, document: MetadataDocument, settings: ResourceSyncSettings): ReadItem[] {
  const head = Buffer.from(raw.body.subarray(0, 1000)).toString('latin1')
  const isHtml = /html/i.test(raw.mediaType) || /^\s*(<!--[^>]*-->\s*)*<(!doctype html|html)/i.test(head)
  const isJson = /json/i.test(raw.mediaType) || /^\s*[{[]/.test(head)
  const found = readContent(raw, document, settings, isHtml ? 'html' : isJson ? 'json' : 'xml')
  const noted = checkHash(raw, document)
  return found.map(({ item, ...others }) => ({ item: complete(item, document, noted), ...others }))
}

/** A mapping reads JSON and XML as a whole; of a web page the JSON-LD in it. */
function readContent(
  raw: RawResponse,
  document: MetadataDocument,
  settings: ResourceSyncSettings,
  form: 'html' | 'json' | 'xml',
): ReadItem[] {
  if (form === 'xml') return [readXml(raw, document, settings)]
  if (form === 'json' && settings.mapping) return [readJson(raw, document, settings.mapping, settings)]
  const page = form === 'json' ? { ...raw, mediaType: 'application/ld+json' } : raw
  return readPageItems(page, document.identifier, document.datestamp, settings)
}

function readJson(raw: RawResponse, document: MetadataDocument, mapping: Mapping, { language }: ResourceSyncSettings): ReadItem {
  const head = toHead(document)
  try {
    const value = parseJsonFile({ ...raw, url: document.url })
    const result = mapJson(value, mapping, { baseUrl: document.url, ...(language && { language }) })
    return { item: { ...head, metadataPrefix: 'json', ...result }, toSource: () => toJsonEntries(value, mapping) }
  } catch (error) {
    return { item: { ...head, metadataPrefix: 'json', issues: [toUnreadable(document, error)] } }
  }
}

function readXml(raw: RawResponse, document: MetadataDocument, { mapping, language }: ResourceSyncSettings): ReadItem {
  const head = toHead(document)
  const { url } = document
  try {
    const root = parseXmlDocument({ ...raw, url }).elements[0]
    const metadataPrefix = root?.name.toLowerCase() ?? 'xml'
    const found = root && findXmlCrosswalk({ name: 'metadata', attributes: {}, children: [root], text: '' }, metadataPrefix)
    const toSource = () => (root ? toXmlEntries(root, mapping) : [])
    if (root && mapping) {
      const result = mapXml(root, mapping, { baseUrl: url, ...(language && { language }) })
      return { item: { ...head, metadataPrefix, ...result }, toSource }
    }
    if (found) return { item: { ...head, metadataPrefix, ...found.crosswalk(found.root) }, toSource }
    const message = `There is no crosswalk for the metadata <${metadataPrefix.slice(0, 60)}>: give the source a mapping; the record is kept as it came`
    return {
      item: { ...head, metadataPrefix, issues: [{ code: 'format.unknown', path: 'metadata', message, severity: 'error' }] },
      toSource,
    }
  } catch (error) {
    return { item: { ...head, metadataPrefix: 'xml', issues: [toUnreadable(document, error)] } }
  }
}

function toHead({ identifier, datestamp }: MetadataDocument) {
  return { type: 'record' as const, identifier, ...(datestamp && { datestamp }) }
}

function toUnreadable({ url }: MetadataDocument, error: unknown): Issue {
  if (!isHarvestError(error)) throw error
  return { code: 'metadata.unreadable', path: url, message: error.message, severity: 'error' }
}

/** Adds the file that is described, where the metadata name no address. */
function complete(item: HarvestItem, { identifier, content }: MetadataDocument, noted: readonly Issue[]): HarvestItem {
  if (item.type !== 'record') return item
  const issues = [...noted, ...item.issues]
  const address = toWebUrl(content?.url ?? identifier)
  if (!item.resource || !address || item.resource.url || item.resource.encoding?.length) return { ...item, issues }
  const encodingFormat = toMediaType(content?.type)
  const contentSize = Number(content?.length ?? Number.NaN)
  const file = {
    contentUrl: address,
    ...(encodingFormat && { encodingFormat }),
    ...(Number.isSafeInteger(contentSize) && contentSize >= 0 && { contentSize }),
  }
  const isPage = content === undefined || encodingFormat === undefined || /html/.test(encodingFormat)
  const resource: ResourceDraft = isPage ? { ...item.resource, url: address } : { ...item.resource, encoding: [file] }
  return { ...item, resource, issues: issues.filter(({ code }) => code !== 'url.missing') }
}

const algorithms: Record<string, string> = { md5: 'md5', 'sha-1': 'sha1', 'sha-256': 'sha256' }

/** What the list says about the document is compared with what came. */
function checkHash({ body }: RawResponse, document: MetadataDocument): Issue[] {
  const fault = findHashFault(body, document)
  if (!fault) return []
  const message = `The document is another one than its list declares (${fault}): write the list anew after each change`
  return [{ code: 'resource.hashDiffers', path: 'hash', message, severity: 'warning' }]
}

/** The declared hash or length that bytes do not have, in words. */
export function findHashFault(body: Uint8Array, { hash, length }: { hash?: string; length?: string }): string | undefined {
  if (length !== undefined && /^\d+$/.test(length) && Number(length) !== body.byteLength) {
    return `${length} bytes, but ${body.byteLength} came`
  }
  for (const [, name = '', value = ''] of (hash ?? '').matchAll(/([\w-]+):([\w+/=-]+)/g)) {
    const algorithm = algorithms[name.toLowerCase()]
    if (!algorithm) continue
    const digest = createHash(algorithm).update(body)
    const isSame = [digest.copy().digest('hex'), digest.copy().digest('base64'), digest.copy().digest('base64url')].includes(value)
    return isSame ? undefined : `${name} ${value.slice(0, 64)}`
  }
  return undefined
}

function toGone({ identifier, datestamp }: MetadataDocument, status: number): HarvestItem {
  const message = `The list names the metadata, but they answer with HTTP status ${status}: take the resource out of the list`
  const issue: Issue = { code: 'resource.gone', path: 'loc', message, severity: 'info' }
  return { type: 'deleted', identifier, ...(datestamp && { datestamp }), issues: [issue] }
}
