import type { ResourceDraft } from '@edufed/sdk/schemas'
import type { ResourceRow } from './plan-resource.js'
import type { RecordRow } from './record-row.js'

/** The canonical document of a resource, as JSON, from its own row and the row of the record that it is shown from. */
export function learningResourceJson(resource: ResourceRow, record: RecordRow): string {
  // A tombstone has no draft: of what is gone only the identity is told.
  const draft = record.draft_json === null || resource.status === 'deleted' ? '{"name":{}}' : record.draft_json
  // Of a name that stands twice in JSON the last one counts: what a draft need not say stands before it, what it cannot say behind it.
  const before = { id: resource.id, type: ['LearningResource'], inLanguage: [] }
  const behind = {
    usageScope: record.scope,
    // A platform answers for what it publishes; reviews by others are written down where they happen.
    review: { state: 'selfReviewed', history: [] },
    status: resource.status,
    version: resource.version,
    contentHash: resource.content_hash,
    firstSeen: resource.created_at,
    lastSeen: resource.updated_at,
    provenance: {
      sourceId: record.source_id,
      sourceIdentifier: record.identifier,
      ...(record.datestamp !== null && { sourceDatestamp: record.datestamp }),
      metadataPrefix: record.metadata_prefix,
      origin: { authority: record.origin_authority, identifier: record.origin_identifier },
      via: JSON.parse(record.via_json),
      level: record.level,
      ...(record.region !== null && { region: record.region }),
    },
  }
  const issues = resource.status === 'deleted' ? '[]' : record.issues_json
  return `${open(JSON.stringify(before))},${inner(withItsType(draft))},${inner(JSON.stringify(behind))},"quality":${issues}}`
}

/** The types that a draft gives itself, with the one that all have. */
function withItsType(draft: string): string {
  if (!draft.includes('"type":[')) return draft
  const { type, ...rest } = JSON.parse(draft) as ResourceDraft
  if (!type || type.includes('LearningResource')) return draft
  return JSON.stringify({ type: ['LearningResource', ...type], ...rest })
}

/** An object of JSON without its last brace. */
function open(json: string): string {
  return json.slice(0, -1)
}

/** An object of JSON, which is not empty, without its braces. */
function inner(json: string): string {
  return json.slice(1, -1)
}
