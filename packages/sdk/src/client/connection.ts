import { UsageError } from '../errors/usage-error.js'

/** How to reach a node. */
export interface ClientOptions {
  /** Address of the node, e.g. `https://node.example`; in a browser also a path such as `/`. */
  baseUrl: string | URL
  /** `edufed_…`; needed to write, and to read a private node. */
  apiKey?: string
  /** Used for every request. @default globalThis.fetch */
  fetch?: typeof globalThis.fetch
  /** Milliseconds that one attempt may take; `Infinity` for no limit. @default 30000 */
  timeoutMs?: number
  /** How often a request that is safe to repeat is sent again. @default 3 */
  retries?: number
  /** BCP 47 tag of your interface: language of facet labels and suggestions. */
  language?: string
}

/** Checked options, as the request functions use them. */
export interface Connection {
  readonly baseUrl: URL
  readonly headers: Readonly<Record<string, string>>
  readonly fetch: typeof globalThis.fetch
  readonly hasOwnFetch: boolean
  readonly timeoutMs: number
  readonly retries: number
  readonly language: string | undefined
}

const longestTimerMs = 2 ** 31 - 1

/** Checks the options once, so that a mistake shows where the client is made. */
export function createConnection(options: ClientOptions): Connection {
  const { apiKey, timeoutMs = 30_000, retries = 3, language } = options
  // A key with a line break would be quoted, secret and all, by the error of the fetch function.
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey)) throw new UsageError('apiKey must be printable ASCII without spaces')
  if (!(timeoutMs > 0)) throw new UsageError('timeoutMs must be greater than 0')
  if (!(Number.isInteger(retries) && retries >= 0)) throw new UsageError('retries must be a whole number, 0 or more')
  const send = options.fetch ?? globalThis.fetch
  return {
    baseUrl: parseBaseUrl(options.baseUrl),
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    fetch: (input, init) => send(input, init),
    hasOwnFetch: options.fetch !== undefined,
    timeoutMs: Math.min(timeoutMs, longestTimerMs),
    retries,
    language,
  }
}

function parseBaseUrl(baseUrl: string | URL): URL {
  let url: URL
  try {
    url = new URL(baseUrl, globalThis.location?.href)
  } catch {
    throw new UsageError('baseUrl must be an http or https address, e.g. https://node.example')
  }
  if (!/^https?:$/.test(url.protocol)) throw new UsageError(`baseUrl must be an http or https address, not ${url.protocol}`)
  if (url.username || url.password) throw new UsageError('baseUrl must not hold a user name or password; use apiKey')
  url.search = url.hash = ''
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}
