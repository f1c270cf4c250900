import { ApiError, type ErrorAnswer } from './api-error.js'
import { isEdufedError } from './edufed-error.js'

/** Too many requests (429), also after the client waited and tried again. */
export class RateLimitError extends ApiError {
  override readonly name = 'RateLimitError'
  override readonly retryAfterMs: number

  constructor(answer: ErrorAnswer) {
    super(answer)
    this.retryAfterMs = answer.retryAfterMs ?? 0
  }
}

/** True for a {@link RateLimitError}, also across duplicate copies of the SDK. */
export function isRateLimitError(value: unknown): value is RateLimitError {
  return isEdufedError(value) && value.name === 'RateLimitError'
}
