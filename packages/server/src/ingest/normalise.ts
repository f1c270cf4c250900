/** Nothing that a draft may hold is deeper than this. */
const maximumDepth = 12

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to look for.
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff]/
const allControls = new RegExp(control, 'g')

export interface NormalValue {
  value: unknown
  /** About as long as the value is as JSON. */
  characters: number
}

/**
 * The same value with its texts in one form: NFC, without control characters, half characters and space around them.
 * What is nested deeper than any field of a record becomes null, which no field accepts.
 */
export function normalise(value: unknown): NormalValue {
  const size = { characters: 0 }
  return { value: normaliseValue(value, size, 0), characters: size.characters }
}

function normaliseValue(value: unknown, size: { characters: number }, depth: number): unknown {
  size.characters += 3
  if (typeof value === 'string') {
    const text = normaliseText(value)
    size.characters += text.length
    return text
  }
  if (typeof value !== 'object' || value === null) return value
  if (depth >= maximumDepth) return null
  if (Array.isArray(value)) return value.map((entry) => normaliseValue(entry, size, depth + 1))
  const normal: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const entry = (value as Record<string, unknown>)[key]
    if (entry === undefined) continue
    size.characters += key.length + 3
    // Assigned, this key would change the prototype instead.
    if (key === '__proto__')
      Object.defineProperty(normal, key, { value: normaliseValue(entry, size, depth + 1), enumerable: true, configurable: true })
    else normal[key] = normaliseValue(entry, size, depth + 1)
  }
  return normal
}

/** Letters, marks and Chinese characters that are as they should be, whatever stands beside them. */
const plain = /^[ -~\u3001-\u3015\u4e00-\u9fff\uff01-\uff5e]*$/

export function normaliseText(text: string): string {
  if (plain.test(text)) return text.trim()
  const normal = (text.isWellFormed() ? text : text.toWellFormed()).normalize('NFC')
  return (control.test(normal) ? normal.replace(allControls, '') : normal).trim()
}
