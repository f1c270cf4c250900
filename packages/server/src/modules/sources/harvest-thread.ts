import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { RawResponse } from '@edufed/harvester'
import { EdufedError } from '@edufed/sdk'
import type { PushResult } from '@edufed/sdk/schemas'
import { startWorkerThread } from '../../worker-thread.js'
import type {
  HarvestEndMessage,
  HarvestPageMessage,
  HarvestTask,
  HarvestTaskResult,
  ReplayedMessage,
  ServerMessage,
  TaskFailure,
  WorkerMessage,
} from './harvest-messages.js'

/** How long a thread may take to end by itself after it was cancelled. */
const cancelGraceMs = 1_000

/** Where a harvest's pages go, on the side of the server. */
export interface HarvestReceiver {
  authority(authority: string): Promise<void>
  page(page: HarvestPageMessage): Promise<PushResult[]>
  complete(end: HarvestEndMessage): Promise<{ deleted: number }>
  progress(expectedRecords: number): void
}

/** Where a replay gets the kept answers from and where what they hold goes, on the side of the server. */
export interface ReplayReceiver {
  /** The next kept answer, the last one first; undefined when there are no more. */
  nextAnswer(): Promise<RawResponse | undefined>
  replayed(answer: ReplayedMessage): Promise<void>
}

/** A source could not be read; `fix` says what to do about it. */
export class HarvestTaskError extends EdufedError {
  override readonly name = 'HarvestTaskError'
  readonly fix?: string

  constructor(failure: TaskFailure) {
    super(failure.code, failure.message)
    if (failure.fix !== undefined) this.fix = failure.fix
  }
}

/**
 * Runs a task in a thread of its own, so that parsing never holds up the server.
 *
 * @returns What the task found; undefined when it had to be stopped hard after `signal`.
 * @throws {HarvestTaskError} when the source cannot be read. What `receiver` throws is thrown on.
 */
export async function runHarvestTask(
  task: HarvestTask,
  options: { signal: AbortSignal; receiver?: HarvestReceiver; replayReceiver?: ReplayReceiver },
): Promise<HarvestTaskResult | undefined> {
  const { signal, receiver, replayReceiver } = options
  if (signal.aborted) return undefined
  const worker = startWorkerThread('modules/sources/harvest-worker', task)
  const post = (message: ServerMessage) => worker.postMessage(message)
  const ended = new AbortController()
  let receiving: Promise<void> = Promise.resolve()

  const outcome = new Promise<HarvestTaskResult>((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      receiving = receive(message).catch(reject)
    })
    worker.on('error', (error) => reject(crashed(error.message)))
    worker.on('exit', (code) => reject(crashed(`the thread ended with code ${code}`)))

    async function receive(message: WorkerMessage): Promise<void> {
      switch (message.type) {
        case 'authority':
          await receiver?.authority(message.authority)
          return post({ type: 'kept' })
        case 'page':
          return post({ type: 'written', results: (await receiver?.page(message)) ?? [] })
        case 'complete':
          return post({ type: 'completed', deleted: (await receiver?.complete(message))?.deleted ?? 0 })
        case 'answer-wanted': {
          const answer = await replayReceiver?.nextAnswer()
          return post({ type: 'answer', ...(answer ? { answer } : {}) })
        }
        case 'replayed':
          await replayReceiver?.replayed(message)
          return post({ type: 'kept' })
        case 'progress':
          return receiver?.progress(message.expectedRecords)
        case 'result':
          return resolve(message.result)
        case 'failure':
          throw new HarvestTaskError(message.failure)
      }
    }
  })

  try {
    return await Promise.race([outcome, stopped()])
  } finally {
    ended.abort()
    await worker.terminate()
    // A page that is being kept while the thread is stopped is kept and counted.
    await receiving
    // The exit of the terminated thread rejects a promise that nobody waits for any more.
    outcome.catch(() => undefined)
  }

  async function stopped(): Promise<undefined> {
    const until = AbortSignal.any([signal, ended.signal])
    if (!until.aborted) await once(until, 'abort')
    if (!signal.aborted) return undefined
    post({ type: 'cancel' })
    await delay(cancelGraceMs, undefined, { signal: ended.signal }).catch(() => undefined)
    return undefined
  }
}

function crashed(reason: string): HarvestTaskError {
  return new HarvestTaskError({
    code: 'EDUFED_HARVEST_CRASHED',
    message: `The thread that read the source broke: ${reason}`,
    fix: 'Look into the log of the server for the cause; what was taken before is kept',
  })
}
