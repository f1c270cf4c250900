import type { HarvestCounts, IssueSummary } from '@edufed/sdk/schemas'
import type { Checkpoint } from '../connectors/connector.js'
import type { Fetcher } from '../fetch/fetcher.js'
import type { Coverage } from './coverage.js'

/** What to harvest: a connector by its kind, with its settings. */
export interface HarvestSource {
  kind: string
  settings: Record<string, unknown>
}

export interface HarvestOptions {
  signal?: AbortSignal
  /** Resume behind this checkpoint. */
  checkpoint?: Checkpoint
  /** Only what changed since; from the `next` of an earlier report. */
  since?: Checkpoint
  /** Networks that may be harvested although they are private, as CIDR. */
  allowNetworks?: readonly string[]
  /** Called after each page that was kept. */
  onProgress?: (progress: HarvestProgress) => void
  /** Shares queues and connections between runs; one of its own is made, from `allowNetworks`, when absent. */
  fetcher?: Fetcher
  /**
   * Read answers in so many threads of their own, while further pages are fetched and written. Worth it for long lists; items then read
   * their resource only when it is asked for. @default 0
   */
  threads?: number
  /**
   * What to do outside of the hours in which the source may be asked: wait for them, or end with the state `paused` and a checkpoint.
   * @default wait
   */
  whenClosed?: 'wait' | 'end'
  now?: () => Date
}

export interface HarvestProgress {
  counts: HarvestCounts
  pages: number
  bytes: number
  expectedRecords?: number
  /** When the run goes on that waits for the hours in which the source may be asked. */
  pausedUntil?: string
}

/** What a run did. `counts.taken` = created + updated + unchanged + deleted + quarantined. */
export interface HarvestReport extends HarvestProgress {
  /** completed: read to the end; partial: broke off, what was taken is kept; failed: nothing could be taken; cancelled: stopped by `signal`; paused: to go on at `pausedUntil`. */
  state: 'completed' | 'partial' | 'failed' | 'cancelled' | 'paused'
  issues: IssueSummary[]
  /** How many of the records have each field; `records` counts all that are not deleted. */
  coverage: Coverage
  error?: { code: string; message: string; fix?: string }
  /** For `checkpoint` of the next call after a run that broke off. */
  checkpoint?: Checkpoint
  /** For `since` of the next incremental run. */
  next?: Checkpoint
  startedAt: string
  finishedAt: string
}
