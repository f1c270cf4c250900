import type { Issue, Origin, PushResult, ResourceDraft, Via, VisibilityScope } from '@edufed/sdk/schemas'

/** What ingest must know of the source that a record comes from. */
export interface IngestSource {
  id: string
  authority: string
  level: string
  region?: string
  memberId?: string
  defaultScope: VisibilityScope
}

export interface IngestItem {
  identifier: string
  datestamp?: string
  metadataPrefix: string
  resource?: ResourceDraft
  isDeleted?: boolean
  origin?: Origin
  via?: Via[]
  issues?: Issue[]
  rawDigest?: string
}

/** The only writer of records. */
export interface Ingest {
  /**
   * Checks, identifies and keeps a batch in one transaction. Never throws for what a record says: it is quarantined with issues.
   *
   * @returns One result an item, in order.
   */
  write(source: IngestSource, items: readonly IngestItem[], context?: { harvestId?: string }): Promise<PushResult[]>
  /** What {@link write} would answer, each item for itself; nothing is kept. */
  compare(source: IngestSource, items: readonly IngestItem[]): Promise<PushResult[]>
}
