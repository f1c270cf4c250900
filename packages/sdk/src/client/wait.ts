import { AbortError } from '../errors/abort-error.js'

/** Resolves after `ms` milliseconds. @throws {AbortError} as soon as `signal` fires. */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer)
      reject(new AbortError('Stopped while waiting', signal?.reason))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort)
    if (signal?.aborted) onAbort()
  })
}

/** @throws {AbortError} when `signal` has fired. */
export function assertNotAborted(signal?: AbortSignal): void {
  if (signal?.aborted) throw new AbortError('Stopped by the abort signal', signal.reason)
}
