import type { HitSource, Issue, LearningResource, Origin, PushOutcome, ResourceDraft, Via, VisibilityScope } from '@edufed/sdk/schemas'
import type { Viewer } from './viewer.js'

/** A record that ingest has checked, ready to be kept. */
export interface RecordWrite {
  sourceId: string
  identifier: string
  state: 'active' | 'deleted' | 'quarantined'
  resourceId: string
  contentHash: string
  draft?: ResourceDraft
  origin: Origin
  via: Via[]
  metadataPrefix: string
  datestamp?: string
  rawDigest?: string
  issues: Issue[]
  level: string
  region?: string
  scope: VisibilityScope
  /** Who may see it, as a {@link Viewer} token. */
  visibleTo: string
  harvestId?: string
}

/** What a source says of all its records: where they stand in the alliance, and who sees those that do not say it themselves. */
export interface SourceVisibility {
  id: string
  level: string
  region?: string
  memberId?: string
  defaultScope: VisibilityScope
}

export interface WriteResult {
  outcome: PushOutcome
  resourceId: string
  /** The content changed, the datestamp that the source gave did not. */
  hasOldDatestamp?: boolean
  /** The harvest had named the record before, with the same content. */
  isRepeated?: boolean
  /** Version of the resource after the write; absent when nothing of it is visible. */
  version?: number
}

/** A resource as it is now, with all platforms that hold it. */
export interface StoredResource {
  readonly id: string
  readonly status: LearningResource['status']
  readonly resource: LearningResource
  /** {@link resource} as JSON, for those who pass it on. */
  readonly resourceJson: string
  sources: HitSource[]
  sequence: number
  visibleTo: string
}

export interface StoredChange {
  sequence: number
  resourceId: string
  kind: 'created' | 'updated' | 'deleted'
  version: number
  visibleTo: string
  at: string
}

export interface RawResponseWrite {
  url: string
  mediaType: string
  retrievedAt: string
  body: Uint8Array
}

/**
 * Port: the catalogue and its change log, the one truth of a node.
 *
 * A write that resolved survives the end of the process at any moment; a batch is kept whole or not at all.
 * Changes are totally ordered: who has read up to sequence N never misses a change at or below N.
 */
export interface CatalogStore {
  /** Names this change log; cursors of another epoch are refused. */
  epoch(): Promise<string>
  /**
   * Keeps a batch in one transaction. The same content again is `unchanged` and makes no change;
   * a deleted record stays as a tombstone and may come back.
   */
  writeRecords(records: readonly RecordWrite[]): Promise<WriteResult[]>
  /** What {@link writeRecords} would answer, each record for itself; nothing is kept. */
  compareRecords(records: readonly RecordWrite[]): Promise<WriteResult[]>
  /** How many live records of a source `harvestId` did not name: what {@link deleteUnseen} would delete. */
  countUnseen(sourceId: string, harvestId: string): Promise<number>
  /** The live records of a source that `harvestId` did not name, at most `limit`. */
  listUnseen(sourceId: string, harvestId: string, options: { limit: number }): Promise<RecordWrite[]>
  /** Marks the live records of a source that `harvestId` did not name as deleted, in batches. Returns how many. */
  deleteUnseen(sourceId: string, harvestId: string): Promise<number>
  /**
   * Brings the records of a source to what the source says now, in batches; a record with a `usageScope` of its own keeps it.
   * Only resources that are shown otherwise afterwards are logged. Again, it does nothing; what broke off is ended by calling it again.
   *
   * @returns How many records were changed.
   */
  reviseVisibility(source: SourceVisibility): Promise<number>
  /** Keeps answers of a source for replay; the same bytes are kept once. Returns their SHA-256 digests. */
  keepRaw(harvestId: string, page: number, responses: readonly RawResponseWrite[]): Promise<string[]>
  /** The answers that a harvest got, in order, or the last one first. */
  readRaw(harvestId: string, options?: { isLastFirst?: boolean }): AsyncIterable<RawResponseWrite>

  /** One resource, or undefined when there is none that this viewer may see. A tombstone is returned with status `deleted`. */
  findResource(id: string, viewer: Viewer): Promise<StoredResource | undefined>
  /** The resources by id, for projections; unknown ids are left out. */
  findResources(ids: readonly string[]): Promise<Map<string, StoredResource>>
  /** What the source's record says, as it was kept. */
  findRecord(sourceId: string, identifier: string): Promise<RecordWrite | undefined>
  countRecords(sourceIds: readonly string[]): Promise<Map<string, number>>
  /** Held records of a source, newest first. */
  listQuarantined(sourceId: string, options: { limit: number; after?: string }): Promise<RecordWrite[]>

  /** Changes behind a sequence, in order; at most `limit`. */
  scanChanges(options: { after: number; limit: number; viewer?: Viewer }): Promise<StoredChange[]>
  /** Live resources and tombstones by (updatedAt, id), for protocols that select by date. */
  scanByDatestamp(options: {
    from?: string
    until?: string
    after?: { updatedAt: string; id: string }
    limit: number
    viewer: Viewer
  }): Promise<StoredResource[]>
  /** All live resources in order of id, for rebuilding a projection. */
  scanResources(options: { after?: string; limit: number }): Promise<StoredResource[]>
  /** The same as {@link scanResources} with nothing but the ids and the changes that they come from: for comparing a projection. */
  scanVersions(options: { after?: string; limit: number }): Promise<{ id: string; sequence: number }[]>
  lastSequence(): Promise<number>
  /** Resolves when a change behind `sequence` may be there, or after `timeoutMs`. */
  waitForChange(sequence: number, options: { timeoutMs: number; signal?: AbortSignal }): Promise<void>
}
