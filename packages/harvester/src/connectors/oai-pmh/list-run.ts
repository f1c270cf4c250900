import type { Issue } from '@edufed/sdk/schemas'
import type { HarvestError } from '../../errors.js'
import type { ListMemory, ListPass } from './list-memory.js'
import type { ListPart, ListState } from './list-state.js'
import type { RequestContext } from './request-answer.js'
import type { OaiPmhSettings } from './settings.js'

/** A harvest of a repository that is under way. */
export interface ListRun {
  settings: OaiPmhSettings
  /** Its signal ends the requests of the list that is read; that of the run ends everything. */
  context: RequestContext & { threads?: number }
  signal: AbortSignal
  state: ListState
  memory: ListMemory
  /** Findings about the source that go out with the next page. */
  issues: Issue[]
  /** Records taken before the run was resumed. */
  takenBefore: number
  /** How many of them come again; goes out with the next page. */
  repeats: number
  /** Why another way to read the list was taken; what the report names when that way leads nowhere. */
  cause?: HarvestError
  /** Windows that were cut in two because they held too much for one. */
  largeSplits: number
}

/** A part of a list that is being read. */
export interface OpenPart {
  part: ListPart
  pass: ListPass
  /** Records taken of it before the run was resumed. */
  takenBefore: number
  restarts: number
  /** The repository refused its token, which is sent a second time. */
  isTokenRetried: boolean
}
