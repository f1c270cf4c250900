/** Nothing that a draft may hold is deeper than this. */
const maximumDepth = 12

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to look for.
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff]/
const allControls = new RegExp(control, 'g')

/**
 * The same value with its texts in one form: NFC, without control characters, half characters and space around them.
 * What is nested deeper than any field of a record becomes null, which no field accepts.
 */
export function normalise(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return normaliseText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= maximumDepth) return null
  if (Array.isArray(value)) return value.map((entry) => normalise(entry, depth + 1))
  const normal: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const entry = (value as Record<string, unknown>)[key]
    if (entry === undefined) continue
    // Assigned, this key would change the prototype instead.
    if (key === '__proto__')
      Object.defineProperty(normal, key, { value: normalise(entry, depth + 1), enumerable: true, configurable: true })
    else normal[key] = normalise(entry, depth + 1)
  }
  return normal
}

export function normaliseText(text: string): string {
  const normal = (text.isWellFormed() ? text : text.toWellFormed()).normalize('NFC')
  return (control.test(normal) ? normal.replace(allControls, '') : normal).trim()
}
