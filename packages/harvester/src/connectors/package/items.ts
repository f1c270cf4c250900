import type { Issue, ResourceDraft } from '@edufed/sdk/schemas'
import type { CrosswalkResult } from '../../crosswalks/crosswalk.js'
import { isObject } from '../../crosswalks/json-value.js'
import { manifestToResource } from '../../crosswalks/manifest.js'
import { mapXml, toXmlEntries } from '../../crosswalks/mapping/map-record.js'
import type { SourceEntry } from '../../crosswalks/mapping/mapping-source.js'
import { type HarvestError, isHarvestError } from '../../errors.js'
import { toLanguageTag, toTextLanguage } from '../../quality/language.js'
import { toWebUrl } from '../../quality/url.js'
import { attributeOf, findChild, findChildren, textOf, type XmlElement } from '../../xml/element.js'
import type { HarvestItem, RawResponse } from '../connector.js'
import { parseXmlDocument } from '../xml-document.js'
import type { PackageTexts } from './open-package.js'
import type { PackageSettings } from './settings.js'

export const metadataPrefix = 'imscp'
export const keptType = 'application/vnd.edufed.package+json'
const maxParts = 500

/** The record of a package. Its address is its identifier: names in manifests are often those of the authoring tool. */
export function toItem(texts: PackageTexts, url: string, settings: PackageSettings): HarvestItem {
  try {
    const { resource, issues } = toResource(texts, url, settings)
    return { type: 'record', identifier: url, metadataPrefix, ...(resource && { resource }), issues: [...toNotes(texts), ...issues] }
  } catch (error) {
    if (!isHarvestError(error)) throw error
    return toFaultyItem(url, error)
  }
}

/** A package that cannot be read is a record with nothing but its fault. */
export function toFaultyItem(url: string, error: HarvestError): HarvestItem {
  const code = error.code === 'EDUFED_PACKAGE_TOO_LARGE' ? 'package.tooLarge' : 'package.unreadable'
  const issue: Issue = { code, path: '', message: `${error.message}. ${error.fix}`, severity: 'error' }
  return { type: 'record', identifier: url, metadataPrefix, issues: [issue] }
}

/** What was kept of a package, read again. */
export function readKept(raw: RawResponse): PackageTexts | undefined {
  const value: unknown = JSON.parse(Buffer.from(raw.body).toString('utf8'))
  return isObject(value) && typeof value.manifest === 'string' ? (value as unknown as PackageTexts) : undefined
}

function toResource(texts: PackageTexts, url: string, settings: PackageSettings): CrosswalkResult {
  const manifest = readManifest(texts, url)
  const { mapping, language } = settings
  const { resource, issues } = mapping ? mapXml(manifest, mapping, language ? { language } : {}) : manifestToResource(manifest)
  if (!resource) return { issues }
  const contentUrl = toWebUrl(url)
  const file = contentUrl && { contentUrl, encodingFormat: 'application/zip', contentSize: texts.size, sha256: texts.sha256 }
  const hasPart = [...(resource.hasPart ?? []), ...toParts(manifest, settings.language)].slice(0, maxParts)
  const identifier = attributeOf(manifest, 'identifier')?.trim()
  const sourceValues = { ...resource.sourceValues, ...(identifier && { manifestIdentifier: [identifier] }) }
  const complete: ResourceDraft = {
    ...resource,
    ...(hasPart.length > 0 && { hasPart }),
    ...(file && { encoding: [file, ...(resource.encoding ?? []).filter((other) => other.contentUrl !== contentUrl)] }),
    ...(Object.keys(sourceValues).length > 0 && { sourceValues }),
  }
  return { resource: complete, issues: file ? issues.filter(({ code }) => code !== 'url.missing') : issues }
}

/** The texts of the manifest by their paths; none when it cannot be read, as the item says. */
export function toSource(texts: PackageTexts, url: string, { mapping }: PackageSettings): SourceEntry[] {
  try {
    return toXmlEntries(readManifest(texts, url), mapping)
  } catch (error) {
    if (isHarvestError(error)) return []
    throw error
  }
}

function readManifest(texts: PackageTexts, url: string): XmlElement {
  const manifest = parse(texts.manifest, `${url}#${texts.manifestPath}`)
  addMetadataFiles(manifest, texts, url)
  return manifest
}

function parse(text: string, url: string): XmlElement {
  const { elements } = parseXmlDocument({ url, mediaType: 'application/xml; charset=utf-8', body: Buffer.from(text) })
  return elements[0] as XmlElement
}

/** Puts the metadata of a file in the place where the manifest points to it. */
function addMetadataFiles(element: XmlElement, texts: PackageTexts, url: string, depth = 0): void {
  for (const location of findChildren(element, 'location')) {
    const text = texts.metadata[location.text.trim()]
    if (text !== undefined) element.children.push(parse(text, `${url}#${location.text.trim()}`))
  }
  if (depth < 4) for (const child of element.children) addMetadataFiles(child, texts, url, depth + 1)
}

/** The names of the items of all organisations, in the order of the table of contents. */
function toParts(manifest: XmlElement, language: string | undefined): { name: Record<string, string> }[] {
  const parts: { name: Record<string, string> }[] = []
  const take = (parent: XmlElement): void => {
    for (const item of findChildren(parent, 'item')) {
      if (parts.length >= maxParts) return
      const title = findChild(item, 'title')
      const text = textOf(title)
      const declared = attributeOf(title, 'lang')
      if (text) parts.push({ name: { [declared ? toLanguageTag(declared, text) : toTextLanguage(language, text)]: text } })
      take(item)
    }
  }
  for (const organization of findChildren(findChild(manifest, 'organizations'), 'organization')) take(organization)
  return parts
}

function toNotes({ manifestPath }: PackageTexts): Issue[] {
  if (!manifestPath.includes('/')) return []
  const message = `imsmanifest.xml stands in the folder ${manifestPath.split('/')[0]}, where learning platforms do not find it: pack it at the top`
  return [{ code: 'package.manifestInFolder', path: manifestPath, message, severity: 'warning' }]
}
