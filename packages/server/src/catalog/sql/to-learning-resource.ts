import type { LearningResource, PlatformLevel, ResourceDraft, VisibilityScope } from '@edufed/sdk/schemas'
import type { ResourceRow } from './plan-resource.js'
import type { RecordRow } from './record-row.js'

/** The canonical document of a resource, from its own row and the row of the record that it is shown from. */
export function toLearningResource(resource: ResourceRow, record: RecordRow): LearningResource {
  // A tombstone has no draft: of what is gone only the identity is told.
  const draft: ResourceDraft = record.draft_json === null || resource.status === 'deleted' ? { name: {} } : JSON.parse(record.draft_json)
  return {
    id: resource.id,
    ...draft,
    type: draft.type?.includes('LearningResource') ? draft.type : ['LearningResource', ...(draft.type ?? [])],
    inLanguage: draft.inLanguage ?? [],
    usageScope: record.scope as VisibilityScope,
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
      level: record.level as PlatformLevel,
      ...(record.region !== null && { region: record.region }),
    },
    quality: resource.status === 'deleted' ? [] : JSON.parse(record.issues_json),
  }
}
