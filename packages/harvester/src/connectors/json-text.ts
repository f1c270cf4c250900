/** Where JSON goes piece by piece. */
export interface JsonOutput {
  add(text: string): void
  /** Adds a text that comes again and again. */
  addShared(shared: SharedText): void
}

/** A text that many lines have, with its bytes. */
export class SharedText {
  readonly text: string
  #bytes: Uint8Array | undefined

  constructor(text: string) {
    this.text = text
  }

  get bytes(): Uint8Array {
    this.#bytes ??= Buffer.from(this.text)
    return this.#bytes
  }
}

class TextOutput implements JsonOutput {
  text = ''

  add(text: string): void {
    this.text += text
  }

  addShared({ text }: SharedText): void {
    this.text += text
  }
}

/** What a string of JSON cannot hold as it is; half of a surrogate pair is left to the engine to tell. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const special = /["\\\u0000-\u001f\ud800-\udfff]/

const keys = new Map<string, string>()
const maxKeys = 5000

/** Texts of objects that can change no more, such as the concepts of a vocabulary, which many records share. */
const sharedTexts = new WeakMap<object, SharedText>()

/** The same text as `JSON.stringify` gives for plain data. */
export function toJsonText(value: unknown): string {
  const output = new TextOutput()
  writeJson(value, output)
  return output.text
}

/**
 * Writes the same as `JSON.stringify` gives for plain data, in a fourth of the time.
 *
 * An object that is frozen is taken to be frozen to its depth: its text is made once and kept with it.
 */
export function writeJson(value: unknown, output: JsonOutput): void {
  switch (typeof value) {
    case 'string':
      output.add(quote(value))
      break
    case 'boolean':
      output.add(value ? 'true' : 'false')
      break
    case 'object':
      if (value === null) output.add('null')
      else writeObject(value, output)
      break
    default:
      output.add(JSON.stringify(value) ?? 'null')
  }
}

function writeObject(value: object, output: JsonOutput): void {
  if (!Object.isFrozen(value)) {
    if (Array.isArray(value)) writeList(value, output)
    else writeFields(value, output)
    return
  }
  let shared = sharedTexts.get(value)
  if (shared === undefined) {
    const own = new TextOutput()
    if (Array.isArray(value)) writeList(value, own)
    else writeFields(value, own)
    shared = new SharedText(own.text)
    sharedTexts.set(value, shared)
  }
  output.addShared(shared)
}

function writeList(list: readonly unknown[], output: JsonOutput): void {
  output.add('[')
  for (let index = 0; index < list.length; index++) {
    if (index > 0) output.add(',')
    writeJson(list[index], output)
  }
  output.add(']')
}

function writeFields(value: object, output: JsonOutput): void {
  const prototype: unknown = Object.getPrototypeOf(value)
  // Who writes itself in a way of its own is left to do so.
  if ((prototype !== Object.prototype && prototype !== null) || 'toJSON' in value) {
    output.add(JSON.stringify(value) ?? 'null')
    return
  }
  const fields = value as Record<string, unknown>
  let isFirst = true
  output.add('{')
  for (const key in fields) {
    const field = fields[key]
    if (field === undefined || typeof field === 'function' || typeof field === 'symbol' || !Object.hasOwn(fields, key)) continue
    output.add(isFirst ? toKey(key) : `,${toKey(key)}`)
    isFirst = false
    writeJson(field, output)
  }
  output.add('}')
}

function toKey(key: string): string {
  let text = keys.get(key)
  if (text === undefined) {
    text = `${quote(key)}:`
    if (keys.size < maxKeys && key.length < 100) keys.set(key, text)
  }
  return text
}

function quote(text: string): string {
  return special.test(text) ? JSON.stringify(text) : `"${text}"`
}
