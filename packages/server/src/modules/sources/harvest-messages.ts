import type { Checkpoint, HarvestItem, HarvestReport, HarvestSource, RawResponse } from '@edufed/harvester'
import type { Issue, PushResult, SourcePreview } from '@edufed/sdk/schemas'

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
  | { type: 'replay'; source: HarvestSource }

export type HarvestTaskResult =
  | { type: 'preview'; preview: SourcePreview }
  | { type: 'harvest'; report: HarvestReport }
  | { type: 'replay' }

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
  /** So many records that were taken before the run was resumed come again from here on. */
  repeats?: number
}

export interface HarvestEndMessage {
  type: 'complete'
  next: Checkpoint
  isFullList: boolean
}

/** What one kept answer holds. */
export interface ReplayedMessage {
  type: 'replayed'
  items: HarvestItem[]
  issues: Issue[]
}

/** From the worker thread. All but `progress`, `result` and `failure` wait for their answer before the source is read on: that is the back-pressure. */
export type WorkerMessage =
  | { type: 'authority'; authority: string }
  | HarvestPageMessage
  | HarvestEndMessage
  | { type: 'answer-wanted' }
  | ReplayedMessage
  | { type: 'progress'; expectedRecords: number }
  | { type: 'result'; result: HarvestTaskResult }
  | { type: 'failure'; failure: TaskFailure }

/** To the worker thread. */
export type ServerMessage =
  | { type: 'kept' }
  | { type: 'written'; results: PushResult[] }
  | { type: 'completed'; deleted: number }
  /** Without an answer there are no more. */
  | { type: 'answer'; answer?: RawResponse }
  | { type: 'cancel' }
