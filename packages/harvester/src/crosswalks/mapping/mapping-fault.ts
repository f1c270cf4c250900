import { nearestName } from '../../quality/nearest-name.js'

/** What is wrong with a mapping, and where. */
export interface MappingFault {
  /** JSON Pointer into the mapping. */
  path: string
  /** What is wrong, as the end of a sentence that begins with the path. */
  message: string
  /** The valid name that was perhaps meant. */
  nearest?: string
}

const maxNamesTold = 40

/** A fault of a name: it tells the nearest valid one, else all that there are. */
export function toNameFault(path: string, name: string, valid: Iterable<string>, message: string): MappingFault {
  const names = [...valid]
  const nearest = nearestName(name, names)
  if (nearest !== undefined) return { path, message: `${message}; the nearest is "${nearest}"`, nearest }
  const list = names.length > 0 && names.length <= maxNamesTold ? `; there are ${names.join(', ')}` : ''
  return { path, message: message + list }
}

/** A name as a part of a JSON Pointer. */
export function toPointerPart(name: string): string {
  return name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')
}
