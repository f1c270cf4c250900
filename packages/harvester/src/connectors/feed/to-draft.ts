import type { CrosswalkResult } from '../../crosswalks/crosswalk.js'
import type { FieldValue } from '../../crosswalks/field-value.js'
import type { ResourceField } from '../../crosswalks/resource-fields.js'
import { valuesToResource } from '../../crosswalks/values-to-resource.js'
import { attributeOf, findChildren, textOf, type XmlElement } from '../../xml/element.js'

/** Elements of RSS, and of Dublin Core in it, by the field that they fill. */
const fields: readonly (readonly [name: string, field: ResourceField])[] = [
  ['title', 'name'],
  ['creator', 'creator'],
  ['author', 'creator'],
  ['publisher', 'publisher'],
  ['language', 'language'],
  ['license', 'license'],
  ['rights', 'license'],
]

/** An item of RSS to a resource. */
export function rssItemToDraft(item: XmlElement, options: { baseUrl: string; language?: string }): CrosswalkResult {
  const values: FieldValue[] = []
  const add = (field: ResourceField, text: string | undefined, column: string) => {
    if (text) values.push({ field, text, column })
  }
  for (const [name, field] of fields) for (const element of findChildren(item, name)) add(field, toName(name, textOf(element)), name)
  for (const category of [...findChildren(item, 'category'), ...findChildren(item, 'subject')])
    add('keywords', textOf(category), category.name)
  const [description] = [...findChildren(item, 'description'), ...findChildren(item, 'summary'), ...findChildren(item, 'encoded')]
  add('description', textOf(description), 'description')
  const guid = findChildren(item, 'guid').find((element) => attributeOf(element, 'ispermalink')?.toLowerCase() !== 'false')
  const links = findChildren(item, 'link').map((link) => textOf(link) ?? attributeOf(link, 'href'))
  add(
    'url',
    resolve(
      [...links, textOf(guid)].find((text) => text !== undefined && resolve(text, options.baseUrl)),
      options.baseUrl,
    ),
    'link',
  )
  const [enclosure] = findChildren(item, 'enclosure')
  add('contentUrl', resolve(attributeOf(enclosure, 'url'), options.baseUrl), 'enclosure')
  add('format', attributeOf(enclosure, 'type'), 'enclosure')
  add('size', attributeOf(enclosure, 'length'), 'enclosure')
  const [date] = [...findChildren(item, 'pubDate'), ...findChildren(item, 'date')]
  add('datePublished', textOf(date), 'pubDate')
  return valuesToResource(values, options)
}

/** RSS writes authors as `mail@host (Name)`. */
function toName(name: string, text: string | undefined): string | undefined {
  return name === 'author' ? (/^\S+@\S+\s*\((.+)\)$/.exec(text ?? '')?.[1] ?? text) : text
}

function resolve(address: string | undefined, baseUrl: string): string | undefined {
  return address && /^(https?:|\/|\.|\?)/i.test(address) && URL.canParse(address, baseUrl) ? new URL(address, baseUrl).href : undefined
}
