import type { Issue, Origin, ResourceDraft, Via } from '@edufed/sdk/schemas'

/** What a crosswalk makes of one record. It never throws: what it could not use is among the issues. */
export interface CrosswalkResult {
  resource?: ResourceDraft
  origin?: Origin
  via?: Via[]
  issues: Issue[]
}
