import { isText, textsAt } from '../json-path.js'
import { isObject } from '../json-value.js'
import { type MappingSource, maxSourceValues, type SourceEntry, type SourceText } from './mapping-source.js'

const maxDepth = 50

/** A JSON value as a record to map. */
export class JsonSource implements MappingSource {
  readonly #value: unknown
  readonly #read = new Set<string>()

  constructor(value: unknown) {
    this.#value = value
  }

  read(path: string): SourceText[] {
    this.#read.add(toBarePath(path))
    return textsAt(this.#value, path).map((text) => ({ text }))
  }

  entries(): SourceEntry[] {
    const entries: SourceEntry[] = []
    const visit = (value: unknown, path: string, depth: number): void => {
      if (entries.length >= maxSourceValues || depth > maxDepth) return
      if (isText(value)) entries.push({ path, text: String(value), isRead: this.#isRead(path) })
      else if (Array.isArray(value)) for (const entry of value.slice(0, maxSourceValues)) visit(entry, path, depth + 1)
      else if (isObject(value))
        for (const [key, inner] of Object.entries(value)) visit(inner, path === '' ? key : `${path}.${key}`, depth + 1)
    }
    visit(this.#value, '', 0)
    return entries
  }

  #isRead(path: string): boolean {
    if (this.#read.has(path)) return true
    for (const read of this.#read) if (read.startsWith('**.') && `.${path}`.endsWith(read.slice(2))) return true
    return false
  }
}

/** Entries are named without their place in a list. */
function toBarePath(path: string): string {
  return path
    .split('.')
    .filter((step) => step !== '' && step !== '$' && !/^\d+$/.test(step))
    .join('.')
}
