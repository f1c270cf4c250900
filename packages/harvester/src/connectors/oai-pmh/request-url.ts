export type OaiVerb = 'Identify' | 'ListMetadataFormats' | 'ListSets' | 'ListRecords' | 'ListIdentifiers' | 'GetRecord'

export interface OaiArguments {
  metadataPrefix?: string
  set?: string
  from?: string
  until?: string
  identifier?: string
  /** Exclusive: with it, the other arguments are not sent. */
  resumptionToken?: string
}

const protocolParameters = new Set(['verb', 'metadataprefix', 'set', 'from', 'until', 'resumptiontoken', 'identifier'])

/** The address of a request: `verb` first, since some repositories look only there, and each value percent-encoded. */
export function toRequestUrl(baseUrl: string, verb: OaiVerb, { resumptionToken, ...others }: OaiArguments = {}): string {
  const url = new URL(baseUrl)
  const kept = [...url.searchParams].filter(([name]) => !protocolParameters.has(name.toLowerCase()))
  const args = Object.entries(resumptionToken === undefined ? others : { resumptionToken })
  const pairs = [['verb', verb], ...args, ...kept]
    .filter((pair): pair is [string, string] => pair[1] !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  url.search = pairs.join('&')
  url.hash = ''
  return url.href
}

/** The base URL without the arguments that were copied with it from a browser. */
export function toBaseUrl(address: string): string {
  const url = new URL(address)
  for (const name of [...url.searchParams.keys()]) if (protocolParameters.has(name.toLowerCase())) url.searchParams.delete(name)
  url.hash = ''
  return url.href
}

/** The same request for POST: the address without the arguments, and the arguments as a form. */
export function toForm(requestUrl: string): { url: string; form: Record<string, string> } {
  const form = Object.fromEntries([...new URL(requestUrl).searchParams].filter(([name]) => protocolParameters.has(name.toLowerCase())))
  return { url: toBaseUrl(requestUrl), form }
}
