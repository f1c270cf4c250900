import type { CrosswalkResult } from '../../crosswalks/crosswalk.js'
import { isObject, type JsonObject } from '../../crosswalks/json-value.js'
import { oaiDcToResource } from '../../crosswalks/oai-dc.js'
import { crosswalkTable, type TableField, type TableValue } from '../../crosswalks/table.js'
import { toWebUrl } from '../../quality/url.js'
import type { XmlElement } from '../../xml/element.js'
import type { PageContent } from './page-content.js'

/** Properties of schema.org, LRMI and AMB that describe a resource, by the field that they fill. */
const fields: readonly (readonly [property: string, field: TableField])[] = [
  ['name', 'name'],
  ['headline', 'name'],
  ['alternateName', 'alternateName'],
  ['description', 'description'],
  ['abstract', 'description'],
  ['inLanguage', 'language'],
  ['keywords', 'keywords'],
  ['about', 'subject'],
  ['educationalLevel', 'grade'],
  ['learningResourceType', 'type'],
  ['audience', 'audience'],
  ['creator', 'creator'],
  ['author', 'creator'],
  ['contributor', 'contributor'],
  ['publisher', 'publisher'],
  ['provider', 'provider'],
  ['thumbnailUrl', 'thumbnailUrl'],
  ['image', 'thumbnailUrl'],
  ['dateCreated', 'dateCreated'],
  ['datePublished', 'datePublished'],
  ['dateModified', 'dateModified'],
  ['license', 'license'],
  ['timeRequired', 'duration'],
  ['typicalAgeRange', 'ageRange'],
  ['isbn', 'isbn'],
]
const several: ReadonlySet<TableField> = new Set(['name', 'description', 'alternateName'])

/** A node of JSON-LD in the words of schema.org to a resource. */
export function jsonLdNodeToDraft(node: JsonObject, language: string | undefined): CrosswalkResult {
  const values: TableValue[] = []
  const hasName = textsOf(node.name).length > 0
  for (const [property, field] of fields) {
    if (property === 'headline' && hasName) continue
    for (const { text, language: tag } of textsOf(node[property] ?? node[`schema:${property}`], field)) {
      values.push({ field, text, column: property, ...(tag && { language: tag }), ...(several.has(field) && { separator: '\u0000' }) })
    }
  }
  for (const media of [node.encoding, node.associatedMedia].flatMap(listOf).filter(isObject)) {
    for (const { text } of textsOf(media.contentUrl)) values.push({ field: 'contentUrl', text, column: 'encoding' })
    for (const { text } of textsOf(media.encodingFormat)) values.push({ field: 'format', text, column: 'encoding' })
  }
  const address = [node.url, node['@id'], node.id].flatMap((value) => textsOf(value)).find(({ text }) => toWebUrl(text))
  if (address) values.push({ field: 'url', text: address.text, column: 'url' })
  return crosswalkTable(values, language)
}

/** Texts of a value: a text, a language map, an object with a name, or a list of them. */
function textsOf(value: unknown, field?: TableField): { text: string; language?: string }[] {
  return listOf(value).flatMap((item): { text: string; language?: string }[] => {
    if (typeof item === 'string' || typeof item === 'number') return [{ text: String(item) }]
    if (!isObject(item)) return []
    if (typeof item['@value'] === 'string') {
      const tag = item['@language']
      return [{ text: item['@value'], ...(typeof tag === 'string' && { language: tag }) }]
    }
    if (field === 'license' && typeof item['@id'] === 'string') return [{ text: item['@id'] }]
    const named = item.name ?? item.prefLabel ?? item.educationalRole ?? item.audienceType ?? item.termCode ?? item.alternateName
    if (named !== undefined) return textsOf(named).slice(0, several.has(field ?? 'name') ? undefined : 1)
    const address = item.url ?? item.contentUrl ?? item['@id'] ?? item.id
    if (typeof address === 'string') return [{ text: address }]
    return Object.entries(item).flatMap(([tag, text]) =>
      typeof text === 'string' && /^[a-z]{2,3}(-|$)/i.test(tag) ? [{ text, language: tag }] : [],
    )
  })
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
}

const dublinCore = /^dc(?:terms)?[.:]([a-z]+)(?:[.:].*)?$/

/** The Dublin Core of a page's meta elements to a resource; undefined when the page has no title in Dublin Core. */
export function dublinCoreToDraft({ meta, language }: PageContent): CrosswalkResult | undefined {
  const children = meta.flatMap(({ name, content, language: own }): XmlElement[] => {
    const [, element] = dublinCore.exec(name) ?? []
    const tag = own ?? language
    return element ? [{ name: element, attributes: tag ? { 'xml:lang': tag } : {}, children: [], text: content }] : []
  })
  if (!children.some(({ name }) => name === 'title')) return undefined
  return oaiDcToResource({ name: 'dc', attributes: {}, children, text: '' })
}

/** A page by its title and description, when nothing better is there. */
export function titleToDraft({ meta, title, language }: PageContent, contentLanguage: string | undefined): CrosswalkResult {
  const first = (...names: string[]) => meta.find(({ name }) => names.includes(name))?.content
  const values: [TableField, string | undefined][] = [
    ['name', first('og:title') ?? title],
    ['description', first('description', 'og:description')],
    ['keywords', first('keywords')],
    ['creator', first('author')],
    ['thumbnailUrl', first('og:image')],
    ['datePublished', first('article:published_time')],
    ['dateModified', first('article:modified_time', 'og:updated_time')],
  ]
  const given = values.flatMap(([field, text]) =>
    text ? [{ field, text, column: field, separator: field === 'keywords' ? ',' : '\u0000' }] : [],
  )
  return crosswalkTable(given, language ?? contentLanguage)
}
