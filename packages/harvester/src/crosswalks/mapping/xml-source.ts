import { attributeOf, textOf, toLocalName, type XmlElement } from '../../xml/element.js'
import { type MappingSource, maxSourceValues, type SourceEntry, type SourceText } from './mapping-source.js'

const maxDepth = 100

interface Match {
  element: XmlElement
  /** The value is that of an attribute. */
  attribute?: string
}

/** An XML element as a record to map. Paths begin inside of it, or with its own name; the case of letters does not matter. */
export class XmlSource implements MappingSource {
  readonly #root: XmlElement
  readonly #anywhere: ReadonlySet<string>
  readonly #read = new Map<XmlElement, Set<string>>()
  #byName: Map<string, XmlElement[]> | undefined

  /** @param anywhere - Names, in lower case, that rules look for at any depth: an element that holds another of them is passed over for it. */
  constructor(root: XmlElement, anywhere: ReadonlySet<string> = new Set()) {
    this.#root = root
    this.#anywhere = anywhere
  }

  read(path: string): SourceText[] {
    const steps = path.split('.').filter((step) => step !== '' && step !== '$')
    const names = steps.map((step) => (step.startsWith('@') ? step : toLocalName(step)).toLowerCase())
    const inside = this.#follow([this.#root], names)
    const isNamed = names[0] === this.#root.name.toLowerCase()
    const matches = inside.length === 0 && isNamed ? this.#follow([this.#root], names.slice(1)) : inside
    return matches.flatMap(({ element, attribute }) => {
      const text = attribute === undefined ? textOf(element) : attributeOf(element, attribute)?.trim()
      if (!text) return []
      this.#mark(element, attribute ?? '')
      const language = attributeOf(element, 'lang')
      return [{ text, ...(language && { language }) }]
    })
  }

  entries(): SourceEntry[] {
    const entries: SourceEntry[] = []
    const visit = (element: XmlElement, path: string, isInRead: boolean, depth: number): void => {
      if (entries.length >= maxSourceValues || depth > maxDepth) return
      const read = this.#read.get(element)
      const isRead = isInRead || read?.has('') === true
      const text = element.text.trim()
      if (text !== '') entries.push({ path: path || element.name, text, isRead })
      for (const [name, value] of Object.entries(element.attributes)) {
        if (value.trim() === '' || /^xmlns(:|$)|schemaLocation$|^xml:/i.test(name)) continue
        const local = toLocalName(name)
        entries.push({ path: join(path, `@${local}`), text: value.trim(), isRead: read?.has(local.toLowerCase()) === true })
      }
      for (const child of element.children) visit(child, join(path, child.name), isRead, depth + 1)
    }
    visit(this.#root, '', false, 0)
    return entries
  }

  #mark(element: XmlElement, attribute: string): void {
    const marks = this.#read.get(element) ?? new Set()
    this.#read.set(element, marks.add(attribute))
  }

  #follow(elements: readonly XmlElement[], steps: readonly string[]): Match[] {
    const [step] = steps
    if (step === undefined) return elements.map((element) => ({ element }))
    if (step === '**') return this.#followAnywhere(steps.slice(1))
    if (step.startsWith('@')) return steps.length > 1 ? [] : elements.map((element) => ({ element, attribute: step.slice(1) }))
    // A name may have dots itself, as dc.title has.
    for (let count = steps.length; count > 0; count--) {
      const name = count === 1 ? step : steps.slice(0, count).join('.')
      const children = elements.flatMap((element) => childrenOf(element, name)).slice(0, maxSourceValues)
      if (children.length > 0) return this.#follow(children, steps.slice(count))
    }
    return []
  }

  #followAnywhere(steps: readonly string[]): Match[] {
    const [name] = steps
    if (name === undefined || steps.includes('**')) return []
    this.#byName ??= indexByName(this.#root)
    if (name.startsWith('@')) return this.#follow([...this.#byName.values()].flat(), steps)
    const holdsOthers = (element: XmlElement) => element.children.some((child) => this.#anywhere.has(child.name.toLowerCase()))
    const found = (this.#byName.get(name) ?? []).filter((element) => steps.length > 1 || !holdsOthers(element))
    return this.#follow(found, steps.slice(1))
  }
}

function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return name === '*' ? element.children : element.children.filter((child) => child.name.toLowerCase() === name)
}

function indexByName(root: XmlElement): Map<string, XmlElement[]> {
  const index = new Map<string, XmlElement[]>()
  const visit = (element: XmlElement, depth: number): void => {
    for (const child of element.children) {
      const name = child.name.toLowerCase()
      const known = index.get(name)
      if (known) known.push(child)
      else index.set(name, [child])
      if (depth < maxDepth) visit(child, depth + 1)
    }
  }
  visit(root, 0)
  return index
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}
