import type { Checkpoint, HarvestItem, HarvestReport, HarvestSource, RawResponse } from '@edufed/harvester'
import type { PushResult, SourcePreview } from '@edufed/sdk/schemas'

/** What a worker thread is started for; it ends when it is done. */
export type HarvestTask =
  | { type: 'preview'; source: HarvestSource; allowNetworks: readonly string[]; limit: number }
  | {
      type: 'harvest'
      source: HarvestSource
      allowNetworks: readonly string[]
      checkpoint?: Checkpoint
      since?: Checkpoint
      /** Ask the source for its authority first. */
      isAuthorityWanted: boolean
    }

export type HarvestTaskResult = { type: 'preview'; preview: SourcePreview } | { type: 'harvest'; report: HarvestReport }

export interface TaskFailure {
  code: string
  message: string
  fix?: string
}

export interface HarvestPageMessage {
  type: 'page'
  items: HarvestItem[]
  raw: RawResponse[]
  checkpoint: Checkpoint
}

export interface HarvestEndMessage {
  type: 'complete'
  next: Checkpoint
  isFullList: boolean
}

/** From the worker thread. `authority`, `page` and `complete` wait for their answer before the source is read on: that is the back-pressure. */
export type WorkerMessage =
  | { type: 'authority'; authority: string }
  | HarvestPageMessage
  | HarvestEndMessage
  | { type: 'progress'; expectedRecords: number }
  | { type: 'result'; result: HarvestTaskResult }
  | { type: 'failure'; failure: TaskFailure }

/** To the worker thread. */
export type ServerMessage =
  | { type: 'kept' }
  | { type: 'written'; results: PushResult[] }
  | { type: 'completed'; deleted: number }
  | { type: 'cancel' }
