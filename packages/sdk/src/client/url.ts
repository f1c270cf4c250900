import { UsageError } from '../errors/usage-error.js'

type QueryValue = string | number | boolean | readonly string[] | undefined
export type Query = Readonly<Record<string, QueryValue>>

/**
 * The address of a path under `/api/v1/` of the node.
 *
 * Filters are repeated parameters; `facets` is one, joined by commas.
 */
export function toUrl(baseUrl: URL, path: readonly string[], query: Query = {}): URL {
  const url = new URL(`api/v1/${path.map(toSegment).join('/')}`, baseUrl)
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    if (typeof value !== 'object') url.searchParams.append(name, String(value))
    else if (name === 'facets') url.searchParams.append(name, value.join())
    else for (const item of value) url.searchParams.append(name, item)
  }
  return url
}

/** The address for messages: without user, password, query and fragment. */
export function toLabel(url: string | URL): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}

function toSegment(value: string): string {
  // "." and ".." vanish from addresses, even when encoded: DELETE …/records/.. would name the source itself.
  if (value === '' || value === '.' || value === '..')
    throw new UsageError(`"${value}" cannot be part of an address; push the record instead`)
  return encodeURIComponent(value)
}
