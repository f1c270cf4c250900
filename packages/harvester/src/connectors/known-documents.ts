import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Checkpoint } from './connector.js'

/** What is known of a document after a run: when it changed, and the identifiers of its records when they are others than its address. */
export interface KnownDocument {
  lastmod?: string
  identifiers?: string[]
}
export type KnownDocuments = Map<string, KnownDocument>

const maxStateBytes = 268_435_456

/** The documents of a source as a state for the next run; addresses of one host pack well. */
export function toState(pages: KnownDocuments): Checkpoint {
  const list = [...pages].map(([url, { lastmod, identifiers }]) => [url, lastmod ?? 0, ...(identifiers ?? [0])])
  return { pages: deflateRawSync(JSON.stringify(list)).toString('base64') }
}

/** Undefined when the state is absent or is not one of ours: then the source is read whole. */
export function readState(state: Checkpoint | undefined): KnownDocuments | undefined {
  if (typeof state?.pages !== 'string') return undefined
  try {
    const text = inflateRawSync(Buffer.from(state.pages, 'base64'), { maxOutputLength: maxStateBytes }).toString('utf8')
    const list = JSON.parse(text) as [string, string | 0, ...(string | 0)[]][]
    return new Map(
      list.map(([url, lastmod, ...identifiers]) => [
        url,
        { ...(lastmod !== 0 && { lastmod }), ...(identifiers[0] !== 0 && { identifiers: identifiers.filter((id) => id !== 0) }) },
      ]),
    )
  } catch {
    return undefined
  }
}

/** What is known of a document whose records were read. */
export function toKnownDocument({ url, lastmod }: { url: string; lastmod?: string }, identifiers: string[]): KnownDocument {
  const isPlain = identifiers.length === 1 && identifiers[0] === url
  return { ...(lastmod && { lastmod }), ...(!isPlain && { identifiers }) }
}

export function identifiersOf(url: string, page: KnownDocument): readonly string[] {
  return page.identifiers ?? [url]
}
