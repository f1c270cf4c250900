import { parentPort } from 'node:worker_threads'
import { isServerError } from '../../errors.js'
import type { ThreadAnswer, ThreadRequest } from './worker-messages.js'

/** How long nothing is asked before idle work begins, and the pause between its steps. */
const idleAfterMs = 1000
const idlePauseMs = 10

interface ThreadOptions<Target> {
  /** Called when the first call has been answered. */
  onceOpen?(): void
  /** A step of work for quiet times; returns false when there is nothing left to do. */
  whenIdle?(target: Target): boolean
}

/**
 * Answers the calls of the thread that started this one, in order, and ends after `close`. The target is made by the first call;
 * an error answers one call and no more.
 */
export function serveThread<Target extends { close(): void }>(create: () => Target, options: ThreadOptions<Target> = {}): void {
  const port = parentPort!
  let target: Target | undefined
  let idle: NodeJS.Timeout | undefined
  const workWhenIdle = (pauseMs: number) => {
    clearTimeout(idle)
    if (!options.whenIdle) return
    idle = setTimeout(() => {
      if (target && options.whenIdle!(target)) workWhenIdle(idlePauseMs)
    }, pauseMs)
  }
  port.on('message', ({ id, method, parameters }: ThreadRequest) => {
    const answer: ThreadAnswer = { id }
    try {
      if (method === 'close') target?.close()
      else {
        if (!target) {
          target = create()
          if (options.onceOpen) setImmediate(options.onceOpen)
        }
        answer.value = (target as unknown as Record<string, (...parameters: unknown[]) => unknown>)[method]!(...parameters)
      }
    } catch (error) {
      answer.error = error instanceof Error ? error.message : String(error)
      answer.isTimeout = isServerError(error) && error.code === 'EDUFED_SEARCH_TIMEOUT'
    }
    port.postMessage(answer)
    clearTimeout(idle)
    if (method === 'close') port.close()
    else workWhenIdle(idleAfterMs)
  })
}
