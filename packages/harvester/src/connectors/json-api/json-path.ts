import { isObject } from '../../crosswalks/json-value.js'

const maxValues = 1000

/** The values at a path such as `data.tags.name`. A number picks from a list; a name goes through all of it. */
export function valuesAt(value: unknown, path: string): unknown[] {
  let values: unknown[] = [value]
  for (const step of path.split('.').filter((part) => part !== '' && part !== '$')) {
    values = values.flatMap((current) => takeStep(current, step)).slice(0, maxValues)
  }
  return values.filter((found) => found !== undefined && found !== null)
}

/** The texts at a path: numbers and booleans are written out, lists give all of their texts. */
export function textsAt(value: unknown, path: string): string[] {
  return valuesAt(value, path)
    .flatMap((found) => (Array.isArray(found) ? found.slice(0, maxValues) : [found]))
    .filter((found) => typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean')
    .map(String)
    .filter((text) => text.trim() !== '')
}

function takeStep(value: unknown, step: string): unknown[] {
  if (Array.isArray(value)) return /^\d+$/.test(step) ? [value[Number(step)]] : value.flatMap((entry) => takeStep(entry, step))
  return isObject(value) && Object.hasOwn(value, step) ? [value[step]] : []
}
