import { createHash } from 'node:crypto'
import type { Issue, Origin } from '@edufed/sdk/schemas'
import type { RecordWrite } from '../catalog/catalog-store.js'
import { visibleTo } from '../catalog/viewer.js'
import { checkDraft } from './check-draft.js'
import { contentHash } from './content-hash.js'
import { isNode, originOf, parseResourceId, resourceId } from './identity.js'
import type { IngestItem, IngestSource } from './ingest.js'
import { normaliseText } from './normalise.js'

/** An index entry of PostgreSQL holds less than 2,704 bytes; a CJK character takes nine in an id. */
const maximumIdLength = 2_500
const maximumIdentifierBytes = 2_000

/** Makes of what a source gave the record to keep: active, deleted, or quarantined with the issues that say why. */
export function checkItem(item: IngestItem, context: { source: IngestSource; nodeId: string; harvestId?: string }): RecordWrite {
  const { source, harvestId } = context
  const identity = identify(item, source)
  const rest = {
    sourceId: source.id,
    identifier: identity.identifier,
    resourceId: identity.resourceId,
    origin: identity.origin,
    via: item.via ?? [],
    metadataPrefix: normaliseText(item.metadataPrefix),
    ...(item.datestamp !== undefined && { datestamp: normaliseText(item.datestamp) }),
    ...(item.rawDigest !== undefined && { rawDigest: item.rawDigest }),
    level: source.level,
    ...(source.region !== undefined && { region: source.region }),
    ...(harvestId !== undefined && { harvestId }),
  }
  if (item.isDeleted) {
    const scope = source.defaultScope
    const isHeld = identity.issues.length > 0
    const issues = [...(item.issues ?? []), ...identity.issues]
    return { ...rest, state: isHeld ? 'quarantined' : 'deleted', contentHash: '', issues, scope, visibleTo: visibleTo(scope, source) }
  }
  const checked = checkDraft(item.resource)
  const issues = withoutRepeats([
    ...(item.issues ?? []),
    ...identity.issues,
    ...findFalseClaims(item, identity.origin, context),
    // A crosswalk that gave nothing has said why.
    ...(item.resource === undefined && item.issues?.some(isError) ? [] : checked.issues),
  ])
  const scope = checked.draft?.usageScope ?? source.defaultScope
  return {
    ...rest,
    state: issues.some(isError) ? 'quarantined' : 'active',
    contentHash: checked.draft ? contentHash(checked.draft) : '',
    ...(checked.draft && { draft: checked.draft }),
    issues,
    scope,
    visibleTo: visibleTo(scope, source),
  }
}

interface Identity {
  /** The key of the record at its source; made up when the source gave none that can be kept. */
  identifier: string
  /** Empty when the record has no identity. */
  resourceId: string
  origin: Origin
  issues: Issue[]
}

function identify(item: IngestItem, source: IngestSource): Identity {
  const identifier = normaliseText(item.identifier)
  if (identifier === '') {
    const issue = error('identifier.missing', 'identifier', 'The record has no identifier at its source; give it one that stays.')
    return withoutIdentity(`no-identifier:${digest(JSON.stringify(item.resource ?? item.issues ?? null))}`, source, issue)
  }
  const origin = originOf({ ...item, identifier }, source)
  const id = resourceId(origin)
  if (id.length > maximumIdLength || Buffer.byteLength(identifier) > maximumIdentifierBytes) {
    const issue = error('identifier.too-long', 'identifier', `The identifier is too long to be kept (${identifier.length} characters).`)
    return withoutIdentity(`too-long:${digest(identifier)}`, source, issue)
  }
  if (origin.identifier === '' || origin.authority === '') {
    const issue = error('origin.missing', 'origin', 'The origin of the record has no authority or no identifier; name both.')
    return withoutIdentity(identifier, source, issue)
  }
  return { identifier, resourceId: id, origin, issues: [] }
}

function withoutIdentity(identifier: string, source: IngestSource, issue: Issue): Identity {
  return { identifier, resourceId: '', origin: { authority: source.authority, identifier }, issues: [issue] }
}

/** A source speaks for its own authority, and for another's only with the chain that leads there; nothing comes back to where it has been. */
function findFalseClaims(item: IngestItem, origin: Origin, { source, nodeId }: { source: IngestSource; nodeId: string }): Issue[] {
  const authority = source.authority.toLowerCase()
  const isForeign = origin.authority !== authority
  const hops = item.via ?? []
  if (hops.some((hop) => isNode(hop.node, nodeId)) || (isForeign && isNode(origin.authority, nodeId))) {
    return [error('provenance.loop', 'via', `The record has been at this node (${nodeId}) before; it is kept here from its origin.`)]
  }
  if (hops.length > 0) return []
  const claimed = isForeign ? origin.authority : parseResourceId(item.identifier)?.authority
  if (claimed === undefined || claimed.toLowerCase() === authority) return []
  const message = `The record claims to be from ${claimed}, but the source is ${authority} and names no way (via) that leads there.`
  return [error('origin.unproven', 'origin', message)]
}

function withoutRepeats(issues: readonly Issue[]): Issue[] {
  const seen = new Set<string>()
  return issues.filter(({ code, path }) => {
    const key = `${code} ${path}`
    return !seen.has(key) && seen.add(key)
  })
}

function isError(issue: Issue): boolean {
  return issue.severity === 'error'
}

function error(code: string, path: string, message: string): Issue {
  return { code, path, message, severity: 'error' }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
