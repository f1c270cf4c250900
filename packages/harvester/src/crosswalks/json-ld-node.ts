import { isObject, type JsonObject } from './json-value.js'

/** Types that describe a page or its owner and never the resource that it shows. */
const notResources =
  /^(Organization|EducationalOrganization|Corporation|NGO|LocalBusiness|School|CollegeOrUniversity|Person|WebSite|BreadcrumbList|ListItem|SearchAction|ImageObject|Concept|ConceptScheme|DefinedTerm|DefinedTermSet|Place|PostalAddress|Offer|AggregateRating|Review|Event|FAQPage|Question|Answer|SiteNavigationElement|WPHeader|WPFooter)$/
const educational = [
  'learningResourceType',
  'educationalLevel',
  'educationalAlignment',
  'educationalUse',
  'teaches',
  'typicalAgeRange',
  'audience',
]
const maxNodes = 2000

/** The nodes of one or several JSON-LD documents, and what is in force for them. */
export interface JsonLdGraph {
  /** The node that describes the resource; undefined when none has a name. */
  main: JsonObject | undefined
  /** Language that the context of the main node declares for texts. */
  language?: string
  /** Values of a property of a node, under any of its spellings: `name`, `schema:name`, `https://schema.org/name`. Pointers are followed. */
  values(node: JsonObject, property: string): unknown[]
  /** True when a text could not be read as JSON. */
  hasBrokenText: boolean
}

/** A node, with the language that its context declares for texts. */
interface PlacedNode {
  node: JsonObject
  language: string | undefined
}

/** The nodes that stand by themselves: in an object, a list of objects, an `@graph`, texts of `script` elements, or several of them. */
export function listNodes(input: unknown): { nodes: PlacedNode[]; hasBrokenText: boolean } {
  let hasBrokenText = false
  const nodes: PlacedNode[] = []
  const queue: { value: unknown; language: string | undefined }[] = [{ value: input, language: undefined }]
  for (let item = queue.shift(); item !== undefined && nodes.length < maxNodes; item = queue.shift()) {
    const { value } = item
    if (typeof value === 'string') {
      const parsed = parseText(value)
      if (parsed === undefined) hasBrokenText = true
      else queue.push({ value: parsed, language: item.language })
    } else if (Array.isArray(value)) {
      for (const entry of value.slice(0, maxNodes))
        if (typeof entry === 'object') queue.push({ value: entry, language: item.language })
        else if (typeof entry === 'string' && nodes.length === 0 && value === input) queue.push({ value: entry, language: item.language })
    } else if (isObject(value)) {
      const language = languageOfContext(value['@context']) ?? item.language
      nodes.push({ node: value, language })
      for (const inner of ['@graph', 'mainEntity', 'schema:mainEntity'])
        if (typeof value[inner] === 'object') queue.push({ value: value[inner], language })
    }
  }
  return { nodes, hasBrokenText }
}

/** True when a node of these types describes a page or its owner and never the resource that it shows. */
export function isNoResource(types: readonly string[]): boolean {
  return types.some((type) => notResources.test(type))
}

/** Reads JSON-LD in any of the forms that {@link listNodes} takes. */
export function readJsonLd(input: unknown): JsonLdGraph {
  const { nodes, hasBrokenText } = listNodes(input)
  const byId = new Map<string, JsonObject>()
  for (const { node } of nodes) {
    const id = node['@id'] ?? node.id
    if (typeof id === 'string' && Object.keys(node).length > 1 && !byId.has(id)) byId.set(id, node)
  }
  const follow = (value: unknown): unknown => {
    if (!isObject(value) || Object.keys(value).length !== 1) return value
    const id = value['@id'] ?? value.id
    return typeof id === 'string' ? (byId.get(id) ?? value) : value
  }
  const ranked = nodes.map((entry) => ({ ...entry, rank: rankOf(entry.node) })).filter(({ rank }) => rank > 0)
  const best = ranked.reduce<(typeof ranked)[number] | undefined>(
    (chosen, entry) => (chosen && chosen.rank >= entry.rank ? chosen : entry),
    undefined,
  )
  return {
    main: best?.node,
    ...(best?.language ? { language: best.language } : {}),
    values: (node, property) => toList(propertyOf(node, property)).map(follow),
    hasBrokenText,
  }
}

/** The types of a node, without prefix or namespace. */
export function typesOf(node: JsonObject): string[] {
  return toList(propertyOf(node, 'type') ?? node['@type'])
    .filter((type) => typeof type === 'string')
    .map((type) => type.replace(/^.*[/#:]/, ''))
}

/** The identifier of a node. */
export function idOf(node: JsonObject): string | undefined {
  const id = node['@id'] ?? node.id
  return typeof id === 'string' && id.trim() !== '' && !id.startsWith('_:') ? id.trim() : undefined
}

/** One value as a list of one, a list as it is; `@list` and `@set` count as lists. */
export function toList(value: unknown): unknown[] {
  if (value === undefined || value === null || value === '') return []
  if (Array.isArray(value)) return value.flat(3).slice(0, maxNodes)
  if (isObject(value)) {
    const list = value['@list'] ?? value['@set']
    if (Array.isArray(list)) return list.flat(3).slice(0, maxNodes)
  }
  return [value]
}

function propertyOf(node: JsonObject, property: string): unknown {
  for (const prefix of ['', 'schema:', 'sdo:', 'https://schema.org/', 'http://schema.org/', 'lrmi:', 'http://purl.org/dcx/lrmi-terms/']) {
    if (Object.hasOwn(node, prefix + property)) return node[prefix + property]
  }
  return undefined
}

/** 0: no resource; the more a node says about teaching, the higher. */
function rankOf(node: JsonObject): number {
  const types = typesOf(node)
  const isNamed = ['name', 'headline', 'title'].some((property) => propertyOf(node, property) !== undefined)
  if (!isNamed || (types.length > 0 && types.every((type) => notResources.test(type)))) return 0
  const says = educational.filter((property) => propertyOf(node, property) !== undefined).length
  if (types.includes('LearningResource')) return 100 + says
  if (types.includes('Course')) return 50 + says
  if (types.every((type) => /^(WebPage|ItemPage|CollectionPage|Article|NewsArticle|BlogPosting)$/.test(type))) return 2 + says * 10
  return 10 + says * 10
}

function languageOfContext(context: unknown): string | undefined {
  for (const entry of toList(context)) {
    if (isObject(entry) && typeof entry['@language'] === 'string') return entry['@language']
  }
  return undefined
}

/** The JSON inside of a `script` element: comment marks round it and a semicolon after it are common. */
function parseText(text: string): unknown {
  const bare = text
    .trim()
    .replace(/^(?:<!--|\/\/\s*<!\[CDATA\[|<!\[CDATA\[|\/\*\s*<!\[CDATA\[\s*\*\/)/, '')
    .replace(/(?:\/\/\s*)?(?:-->|\]\]>|\/\*\s*\]\]>\s*\*\/)$/, '')
    .trim()
    .replace(/;$/, '')
  try {
    return JSON.parse(bare)
  } catch {
    // Line breaks inside of texts are the most common fault.
    return parseLoosely(bare)
  }
}

function parseLoosely(text: string): unknown {
  try {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
    return JSON.parse(text.replace(/[\u0000-\u001f]+/g, ' '))
  } catch {
    return undefined
  }
}
