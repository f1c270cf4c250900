import { toOwnText } from './own-text.js'

const maxKeyLength = 300

/** Remembers what was made of short texts, since a source says the same few words in most of its records. Of bounded size. */
export class BoundedMemory<Value> {
  readonly #limit: number
  readonly #values = new Map<string, Value>()

  constructor(limit: number) {
    this.#limit = limit
  }

  /** What `make` made of the text, now or before. */
  get(text: string, make: (text: string) => Value): Value {
    const known = this.#values.get(text)
    if (known !== undefined) return known
    const value = make(text)
    if (text.length > maxKeyLength) return value
    if (this.#values.size >= this.#limit) this.#values.clear()
    this.#values.set(toOwnText(text), value)
    return value
  }
}
