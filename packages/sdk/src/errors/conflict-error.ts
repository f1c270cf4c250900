import { ApiError } from './api-error.js'
import { isEdufedError } from './edufed-error.js'

/** What is there is not what the request expected, e.g. another version or a name already taken (409, 412). */
export class ConflictError extends ApiError {
  override readonly name = 'ConflictError'
}

/** True for a {@link ConflictError}, also across duplicate copies of the SDK. */
export function isConflictError(value: unknown): value is ConflictError {
  return isEdufedError(value) && value.name === 'ConflictError'
}
