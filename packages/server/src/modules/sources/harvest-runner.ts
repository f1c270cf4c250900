import { setInterval } from 'node:timers/promises'
import type { HarvestSource } from '@edufed/harvester'
import { isEdufedError } from '@edufed/sdk'
import type { CatalogStore } from '../../catalog/catalog-store.js'
import type { Ingest } from '../../ingest/ingest.js'
import type { Observations } from './conformity/observer.js'
import type { HarvestTask } from './harvest-messages.js'
import { toHarvestProblem } from './harvest-problem.js'
import { type HarvestProgressNote, HarvestRecorder } from './harvest-recorder.js'
import type { HarvestRow, HarvestStore } from './harvest-store.js'
import { HarvestTaskError, runHarvestTask } from './harvest-thread.js'
import { ReplayRecorder } from './replay-recorder.js'
import { readSettings, toIngestSource } from './source-document.js'
import type { SourceRow, SourceStore } from './source-store.js'

/** How often a harvest may be begun again without getting a page further before it is given up. */
const maxStarts = 5
const cancelPollMs = 250

export interface HarvestRunnerOptions {
  harvests: HarvestStore
  sources: SourceStore
  catalog: CatalogStore
  ingest: Ingest
  allowNetworks: readonly string[]
  /** Called when a harvest that asked its source has ended. */
  onEnded?: (harvestId: string, observations: Observations) => Promise<void>
  now: () => Date
  log: { error(context: object, message: string): void }
}

/** Runs one harvest from where it stands to its end. */
export class HarvestRunner {
  readonly #options: HarvestRunnerOptions

  constructor(options: HarvestRunnerOptions) {
    this.#options = options
  }

  /**
   * Runs a harvest, or goes on with one that broke off with its process.
   *
   * @param signal - Stops this process's work on it; the harvest stays open, to be taken up again.
   * @throws {Error} when `signal` stopped it, or when the node's own database failed: the job is to be repeated.
   */
  async run(harvestId: string, signal: AbortSignal): Promise<void> {
    const { harvests, sources, now } = this.#options
    const harvest = await harvests.find(harvestId)
    if (!harvest || (harvest.state !== 'queued' && harvest.state !== 'running')) return
    const source = await sources.find(harvest.source_id)
    if (!source) return
    const isReplay = harvest.mode === 'replay'
    const recorder = isReplay
      ? new ReplayRecorder(this.#options, toIngestSource(source), harvest)
      : new HarvestRecorder(this.#options, toIngestSource(source), harvest)
    if (harvest.is_cancel_requested === 1) return recorder.finish('cancelled', now())

    const note = readNote(harvest)
    if (note.starts >= maxStarts) {
      const failure = { code: 'EDUFED_HARVEST_CRASHED', message: `The harvest was begun ${note.starts} times and never got a page further` }
      return recorder.finish(recorder.hasTaken ? 'partial' : 'failed', now(), toHarvestProblem(failure))
    }
    const { pausedUntil: _, ...reached } = note
    const begun: HarvestProgressNote = { ...reached, starts: note.starts + 1 }
    const isMine = await harvests.updateOpen(harvestId, {
      state: 'running',
      started_at: harvest.started_at ?? now().toISOString(),
      checkpoint_json: JSON.stringify(begun),
    })
    const task: HarvestTask = isReplay
      ? { type: 'replay', source: { kind: source.kind, settings: readSettings(source) } }
      : toTask(harvest, source, note, this.#options.allowNetworks)
    if (!isMine) return
    await this.#runTask(task, harvestId, recorder, signal)
    if (recorder instanceof HarvestRecorder && !recorder.isPaused) await this.#options.onEnded?.(harvestId, recorder.toObservations())
  }

  async #runTask(task: HarvestTask, harvestId: string, recorder: HarvestRecorder | ReplayRecorder, signal: AbortSignal): Promise<void> {
    const { now, log } = this.#options
    const cancellation = new AbortController()
    const ended = new AbortController()
    const watching = this.#watchForCancel(harvestId, cancellation, ended.signal)
    try {
      const receiving = recorder instanceof HarvestRecorder ? { receiver: recorder } : { replayReceiver: recorder }
      const result = await runHarvestTask(task, { signal: AbortSignal.any([signal, cancellation.signal]), ...receiving })
      if (result?.type === 'replay' && !cancellation.signal.aborted && !signal.aborted) return await recorder.finish('completed', now())
      if (result?.type === 'harvest' && recorder instanceof HarvestRecorder) {
        const { report } = result
        recorder.addReportIssues(report)
        if (report.pausedUntil) {
          await recorder.pause(report.pausedUntil, report.checkpoint)
          if ((await this.#options.harvests.find(harvestId))?.is_cancel_requested === 1) await recorder.finish('cancelled', now())
          return
        }
        if (report.state === 'completed') return await recorder.finish('completed', now())
        if (report.error) {
          return await recorder.finish(recorder.hasTaken ? 'partial' : 'failed', now(), toHarvestProblem(report.error))
        }
      }
      if (cancellation.signal.aborted) return await recorder.finish('cancelled', now())
      throw signal.reason instanceof Error ? signal.reason : new Error('The harvest was stopped with its process')
    } catch (error) {
      if (!(error instanceof HarvestTaskError) && !isHarvestFault(error)) throw error
      // Whatever a thread says that was told to stop, it was stopped.
      if (cancellation.signal.aborted) return await recorder.finish('cancelled', now())
      log.error({ err: error, harvestId }, 'harvest failed')
      await recorder.finish(recorder.hasTaken ? 'partial' : 'failed', now(), toHarvestProblem(error))
    } finally {
      ended.abort()
      await watching
    }
  }

  /** Another process may have been asked to cancel: the request stands in the database. */
  async #watchForCancel(harvestId: string, cancellation: AbortController, signal: AbortSignal): Promise<void> {
    try {
      for await (const _ of setInterval(cancelPollMs, undefined, { signal, ref: false })) {
        const harvest = await this.#options.harvests.find(harvestId)
        if (!harvest || harvest.is_cancel_requested === 1 || harvest.state === 'cancelled') return cancellation.abort()
      }
    } catch (error) {
      if (!signal.aborted) this.#options.log.error({ err: error, harvestId }, 'could not look for a request to cancel the harvest')
    }
  }
}

function toTask(harvest: HarvestRow, source: SourceRow, note: HarvestProgressNote, allowNetworks: readonly string[]): HarvestTask {
  const harvestSource: HarvestSource = { kind: source.kind, settings: readSettings(source) }
  const since = harvest.mode === 'incremental' && source.since_json !== null ? source.since_json : undefined
  return {
    type: 'harvest',
    source: harvestSource,
    allowNetworks,
    ...(note.checkpoint ? { checkpoint: note.checkpoint } : {}),
    ...(since === undefined ? {} : { since: JSON.parse(since) as Record<string, unknown> }),
    isAuthorityWanted: source.authority === null,
  }
}

function readNote(harvest: HarvestRow): HarvestProgressNote {
  return harvest.checkpoint_json === null ? { starts: 0 } : (JSON.parse(harvest.checkpoint_json) as HarvestProgressNote)
}

/** True for what the source did wrong, false for a fault of this node. */
function isHarvestFault(error: unknown): error is Error & { code: string } {
  return isEdufedError(error) && error.name === 'HarvestError'
}
