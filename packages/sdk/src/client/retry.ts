import { isApiError } from '../errors/api-error.js'
import { isNetworkError } from '../errors/network-error.js'
import { isTimeoutError } from '../errors/timeout-error.js'

const firstDelayMs = 300
const longestDelayMs = 30_000
const longestRetryAfterMs = 60_000

/** True when the same request may succeed a little later. */
export function isTransient(error: unknown): boolean {
  return isNetworkError(error) || isTimeoutError(error) || (isApiError(error) && isTransientStatus(error.status))
}

function isTransientStatus(status: number): boolean {
  return [408, 429, 500, 502, 503, 504].includes(status)
}

/** How long to wait before attempt `attempt + 2`: what the node asked for, else an exponential delay with jitter. */
export function toDelayMs(error: unknown, attempt: number): number {
  const asked = isApiError(error) ? error.retryAfterMs : undefined
  if (asked !== undefined) return Math.min(asked, longestRetryAfterMs)
  return Math.min(firstDelayMs * 2 ** attempt, longestDelayMs) * (0.5 + Math.random() / 2)
}

/**
 * Milliseconds of a Retry-After header, given as seconds or as an HTTP date.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#field.retry-after}
 */
export function parseRetryAfter(value: string | null | undefined, now = Date.now()): number | undefined {
  if (!value) return undefined
  const ms = /^\s*\d+\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
