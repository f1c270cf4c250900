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

/** What became of a record; `isRepeated` when the harvest had named it before, with the same content. */
export type IngestResult = PushResult & { isRepeated?: true }

/** The only writer of records. */
export interface Ingest {
  /**
   * Checks, identifies and keeps a batch in one transaction. Never throws for what a record says: it is quarantined with issues.
   *
   * @returns One result an item, in order.
   */
  write(source: IngestSource, items: readonly IngestItem[], context?: { harvestId?: string }): Promise<IngestResult[]>
  /** What {@link write} would answer, each item for itself; nothing is kept. */
  compare(source: IngestSource, items: readonly IngestItem[]): Promise<PushResult[]>
}
