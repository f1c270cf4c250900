import type { Origin, Via } from '@edufed/sdk/schemas'
import { normaliseText } from './normalise.js'

/** What tells who first published a record. */
export interface IdentityClaim {
  /** The identifier of the record at the source that gave it. */
  identifier: string
  origin?: Origin
  via?: readonly Via[]
}

/**
 * Who first published a record: the named origin, else the innermost hop, else the source itself.
 * The same record gives the same origin at every hop.
 */
export function originOf(claim: IdentityClaim, source: { authority: string }): Origin {
  if (claim.origin) return normal(claim.origin.authority, claim.origin.identifier)
  const innermost = claim.via?.[0]
  if (innermost)
    return normal(repositoryIdentifier(innermost.identifier) ?? parseUrl(innermost.node)?.hostname ?? innermost.node, innermost.identifier)
  return normal(source.authority, claim.identifier)
}

/**
 * The id of a resource: `urn:edufed:<authority>:<identifier>`, both percent-encoded.
 *
 * @throws {URIError} When the origin has unpaired surrogates.
 */
export function resourceId({ authority, identifier }: Origin): string {
  return `urn:edufed:${encode(authority)}:${encode(identifier)}`
}

/** The origin that an id was made of; undefined when it is no such id. */
export function parseResourceId(id: string): Origin | undefined {
  const match = /^urn:edufed:([^:]+):(.+)$/.exec(id)
  if (!match) return undefined
  try {
    return { authority: decodeURIComponent(match[1]!), identifier: decodeURIComponent(match[2]!) }
  } catch {
    return undefined
  }
}

/** Whether a hop's nodeId or address names the node `nodeId`; the port counts only when `nodeId` has one. */
export function isNode(node: string, nodeId: string): boolean {
  const wanted = nodeId.toLowerCase()
  const url = parseUrl(node)
  return url ? (wanted.includes(':') ? url.host : url.hostname) === wanted : node.trim().toLowerCase() === wanted
}

function parseUrl(node: string): URL | undefined {
  return /^\s*https?:\/\//i.test(node) && URL.canParse(node) ? new URL(node) : undefined
}

/** The repository's own name in an OAI identifier (`oai:<repositoryIdentifier>:<local>`). */
function repositoryIdentifier(identifier: string): string | undefined {
  return /^oai:([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+):./i.exec(identifier)?.[1]
}

function normal(authority: string, identifier: string): Origin {
  return { authority: normaliseText(authority).toLowerCase(), identifier: normaliseText(identifier) }
}

/** Like encodeURIComponent, but also the characters that it leaves and RFC 8141 does not want. Letters of any script are encoded. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
