import { parentPort } from 'node:worker_threads'
import type { ThreadAnswer, ThreadRequest } from './worker-messages.js'

/** Answers the calls of the thread that started this one, in order; ends after `close`. An error answers one call and no more. */
export function serveThread(target: { close(): void }, onIdle?: () => boolean): void {
  const port = parentPort!
  const methods = target as unknown as Record<string, (...parameters: unknown[]) => unknown>
  let idle: NodeJS.Immediate | NodeJS.Timeout | undefined
  const rest = (pauseMs: number) => {
    if (!onIdle) return
    clearTimeout(idle as NodeJS.Timeout)
    idle = setTimeout(() => {
      if (onIdle()) rest(10)
    }, pauseMs)
  }
  port.on('message', ({ id, method, parameters }: ThreadRequest) => {
    const answer: ThreadAnswer = { id }
    try {
      answer.value = methods[method]!.apply(target, parameters)
    } catch (error) {
      answer.error = error instanceof Error ? error.message : String(error)
    }
    port.postMessage(answer)
    if (method === 'close') {
      clearTimeout(idle as NodeJS.Timeout)
      port.close()
    } else rest(1000)
  })
}
