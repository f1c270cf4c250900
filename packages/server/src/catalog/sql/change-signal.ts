/** Wakes those who wait for changes. */
export interface ChangeSignal {
  /** Something was written by this process. */
  notify(): void
  wait(sequence: number, options: { timeoutMs: number; signal?: AbortSignal }): Promise<void>
}

/**
 * Makes a signal for one change log.
 *
 * Writes of this process wake at once. With `pollMs`, other processes write too: while anybody waits, one poll for all of them looks how far the log is.
 */
export function createChangeSignal(lastSequence: () => Promise<number>, options: { pollMs?: number }): ChangeSignal {
  const waiting = new Set<{ sequence: number; wake: () => void }>()
  let isPolling = false

  const poll = async (pollMs: number) => {
    isPolling = true
    while (waiting.size > 0) {
      // A failed look is no news; the waiters have a timeout, and their next query says what is wrong.
      const last = await lastSequence().catch(() => 0)
      for (const waiter of [...waiting]) if (last > waiter.sequence) waiter.wake()
      if (waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
    isPolling = false
  }

  return {
    notify: () => {
      for (const waiter of [...waiting]) waiter.wake()
    },
    async wait(sequence, { timeoutMs, signal }) {
      if (signal?.aborted) return
      let waiter: { sequence: number; wake: () => void } | undefined
      let timer: NodeJS.Timeout | undefined
      let onAbort: (() => void) | undefined
      // Registered before the log is looked at, so that a write in between is not missed.
      const woken = new Promise<void>((resolve) => {
        waiter = { sequence, wake: resolve }
        waiting.add(waiter)
        timer = setTimeout(resolve, timeoutMs)
        onAbort = resolve
        signal?.addEventListener('abort', onAbort, { once: true })
      })
      try {
        if ((await lastSequence()) > sequence) return
        if (options.pollMs !== undefined && !isPolling) void poll(options.pollMs)
        await woken
      } finally {
        clearTimeout(timer)
        // One signal outlives many waits.
        if (onAbort) signal?.removeEventListener('abort', onAbort)
        waiting.delete(waiter!)
      }
    },
  }
}
