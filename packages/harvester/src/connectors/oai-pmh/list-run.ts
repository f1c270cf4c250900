import type { Issue } from '@edufed/sdk/schemas'
import type { HarvestError } from '../../errors.js'
import type { ListMemory, ListState } from './list-state.js'
import type { RequestContext } from './request-answer.js'
import type { OaiPmhSettings } from './settings.js'

/** A harvest of a repository that is under way. */
export interface ListRun {
  settings: OaiPmhSettings
  context: RequestContext & { threads?: number }
  state: ListState
  memory: ListMemory
  /** Findings about the source that go out with the next page. */
  issues: Issue[]
  /** Why another way to read the list was taken; what the report names when that way leads nowhere. */
  cause?: HarvestError
  /** Windows that were cut in two without a new record since. */
  idleSplits: number
}
