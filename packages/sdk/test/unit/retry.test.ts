import { RateLimitError } from '@edufed/sdk'
import { expect, it } from 'vitest'
import { parseRetryAfter, toDelayMs } from '../../src/client/retry.js'

const now = Date.parse('2026-01-01T00:00:00Z')

it.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
])('reads Retry-After %j', (value, expected) => {
  expect(parseRetryAfter(value, now)).toBe(expected)
})

it('waits longer each time, and never longer than half a minute', () => {
  for (let attempt = 0; attempt < 1_100; attempt++) {
    const delay = toDelayMs(undefined, attempt)
    const full = Math.min(300 * 2 ** attempt, 30_000)
    expect(delay).toBeGreaterThanOrEqual(full / 2)
    expect(delay).toBeLessThanOrEqual(full)
  }
})

it('waits as asked, but not for more than a minute', () => {
  const toError = (retryAfterMs: number) => new RateLimitError({ status: 429, code: 'EDUFED_X', message: '', retryAfterMs })
  expect(toDelayMs(toError(5_000), 0)).toBe(5_000)
  expect(toDelayMs(toError(86_400_000), 0)).toBe(60_000)
})
