/** One element of a small XML tree. Names are local names as written, without prefix: real sources get prefixes and namespaces wrong. */
export interface XmlElement {
  name: string
  /** By name as written, e.g. `xml:lang`. */
  attributes: Record<string, string>
  children: XmlElement[]
  /** The character data directly inside, joined. */
  text: string
}

/** The attributes of elements that have none. */
export const noAttributes: Record<string, string> = Object.freeze(Object.create(null) as Record<string, string>)

/** The name without its prefix. */
export function toLocalName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** First child of that name; the case of letters does not matter. */
export function findChild(element: XmlElement | undefined, name: string): XmlElement | undefined {
  if (element) for (const child of element.children) if (isNamed(child, name)) return child
  return undefined
}

/** Children of that name, in order; the case of letters does not matter. */
export function findChildren(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => isNamed(child, name)) ?? []
}

/** Follows a path of names through first children. */
export function findPath(element: XmlElement | undefined, ...names: string[]): XmlElement | undefined {
  return names.reduce(findChild, element)
}

/** The trimmed text of an element, with that of its descendants when it has none itself; undefined when there is none. */
export function textOf(element: XmlElement | undefined): string | undefined {
  if (!element) return undefined
  const own = element.text.trim()
  if (own !== '') return own
  const inner = element.children
    .map(textOf)
    .filter((text) => text !== undefined)
    .join(' ')
  return inner === '' ? undefined : inner
}

/** The value of an attribute by its local name; the case of letters does not matter. */
export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  if (!element || element.attributes === noAttributes) return undefined
  for (const key in element.attributes) {
    if (toLocalName(key).toLowerCase() === name) return element.attributes[key]
  }
  return undefined
}

function isNamed(element: XmlElement, name: string): boolean {
  return element.name === name || (element.name.length === name.length && element.name.toLowerCase() === name.toLowerCase())
}
