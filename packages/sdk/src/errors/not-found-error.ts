import { ApiError } from './api-error.js'
import { isEdufedError } from './edufed-error.js'

/** What was asked for is not there, is gone, or is hidden from this key (404, 410). */
export class NotFoundError extends ApiError {
  override readonly name = 'NotFoundError'
}

/** True for a {@link NotFoundError}, also across duplicate copies of the SDK. */
export function isNotFoundError(value: unknown): value is NotFoundError {
  return isEdufedError(value) && value.name === 'NotFoundError'
}
