import type { CrosswalkResult } from '../../crosswalks/crosswalk.js'
import type { FieldValue } from '../../crosswalks/field-value.js'
import { jsonLdToResource } from '../../crosswalks/json-ld.js'
import { oaiDcToResource } from '../../crosswalks/oai-dc.js'
import type { ResourceField } from '../../crosswalks/resource-fields.js'
import { valuesToResource } from '../../crosswalks/values-to-resource.js'
import { toTextLanguage } from '../../quality/language.js'
import type { XmlElement } from '../../xml/element.js'
import type { PageContent } from './page-content.js'

/**
 * The JSON-LD of a page to a resource.
 *
 * @param language - Language of the page: it counts for texts whose letters fit it, where the JSON-LD tells none.
 */
export function jsonLdToDraft(blocks: readonly unknown[], pageUrl: string, language: string | undefined): CrosswalkResult {
  const plain = jsonLdToResource(blocks, { pageUrl })
  const title = Object.entries(plain.resource?.name ?? {})[0]
  if (language === undefined || title?.[0] !== 'und') return plain
  const tag = toTextLanguage(language, title[1])
  return tag === 'und' ? plain : jsonLdToResource({ '@context': { '@language': tag }, '@graph': blocks }, { pageUrl })
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
  const values: [ResourceField, string | undefined][] = [
    ['name', first('og:title') ?? title],
    ['description', first('description', 'og:description')],
    ['keywords', first('keywords')],
    ['creator', first('author')],
    ['thumbnailUrl', first('og:image')],
    ['datePublished', first('article:published_time')],
    ['dateModified', first('article:modified_time', 'og:updated_time')],
  ]
  const given = values.flatMap(([field, text]): FieldValue[] =>
    text ? [{ field, text, column: field, ...(field === 'keywords' ? { separator: ',' } : { isWhole: true }) }] : [],
  )
  const tag = language ?? contentLanguage
  return valuesToResource(given, { ...(tag && { language: tag }) })
}
