import type { Issue, IssueSummary, ResourceDraft } from '@edufed/sdk/schemas'
import type { RawResponse } from '../connectors/connector.js'
import type { SourceEntry } from '../crosswalks/mapping/mapping-source.js'
import type { Coverage } from '../run/coverage.js'

/** The answers that a preview is made of: fetched once, mapped as often as the mapping changes. */
export interface PreviewAnswers {
  answers: RawResponse[]
  /** Findings about the source. */
  issues: Issue[]
  expectedRecords?: number
}

/** A record as it is, and as it becomes. */
export interface PreviewRecord {
  identifier: string
  isDeleted?: boolean
  /** The texts of the record by their paths; absent where the connector cannot tell them apart. */
  source?: SourceEntry[]
  resource?: ResourceDraft
  issues: Issue[]
}

/** A value that no vocabulary knows, and how often it is met. */
export interface UnmappedValue {
  path: string
  value: string
  count: number
}

/** A path that no rule reads. */
export interface UnreadPath {
  path: string
  /** Records that have it. */
  count: number
  sample: string
}

/** What a source's first records become. */
export interface Preview {
  records: PreviewRecord[]
  expectedRecords?: number
  coverage: Coverage
  /** The most frequent first. */
  unmapped: UnmappedValue[]
  unread: UnreadPath[]
  issues: IssueSummary[]
}
