import { isObject } from './json-value.js'

const maxValues = 1000
const maxVisited = 10_000

/**
 * The values at a path such as `data.tags.name`. A number picks from a list; a name goes through all of it; `**` goes down to any depth. A key that
 * has dots itself is found as it is written.
 */
export function valuesAt(value: unknown, path: string): unknown[] {
  const steps = path.split('.').filter((part) => part !== '' && part !== '$')
  return follow(value, steps).filter((found) => found !== undefined && found !== null)
}

/** The texts at a path: numbers and booleans are written out, lists give all of their texts. */
export function textsAt(value: unknown, path: string): string[] {
  return valuesAt(value, path)
    .flatMap((found) => (Array.isArray(found) ? found.slice(0, maxValues) : [found]))
    .filter(isText)
    .map(String)
    .filter((text) => text.trim() !== '')
}

export function isText(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function follow(value: unknown, steps: readonly string[]): unknown[] {
  const [step] = steps
  if (step === undefined) return [value]
  if (step === '**') return followAnywhere(value, steps.slice(1))
  if (Array.isArray(value)) {
    if (/^\d+$/.test(step)) return follow(value[Number(step)], steps.slice(1))
    const found: unknown[] = []
    for (const entry of value) {
      if (found.length >= maxValues) break
      for (const inner of follow(entry, steps)) found.push(inner)
    }
    return found.slice(0, maxValues)
  }
  if (!isObject(value)) return []
  for (let count = steps.length; count > 0; count--) {
    const key = count === 1 ? step : steps.slice(0, count).join('.')
    if (Object.hasOwn(value, key)) return follow(value[key], steps.slice(count))
  }
  return []
}

function followAnywhere(value: unknown, steps: readonly string[]): unknown[] {
  if (steps.length === 0 || steps.includes('**')) return []
  const queue: unknown[] = [value]
  const found: unknown[] = []
  for (let index = 0; index < queue.length && index < maxVisited && found.length < maxValues; index++) {
    const current = queue[index]
    if (Array.isArray(current)) for (const entry of current.slice(0, maxValues)) queue.push(entry)
    else if (isObject(current)) {
      for (const inner of follow(current, steps)) found.push(inner)
      for (const entry of Object.values(current)) if (typeof entry === 'object') queue.push(entry)
    }
  }
  return found.slice(0, maxValues)
}
