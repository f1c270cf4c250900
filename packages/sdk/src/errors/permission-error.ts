import { ApiError } from './api-error.js'
import { isEdufedError } from './edufed-error.js'

/** The API key may not do this (403). */
export class PermissionError extends ApiError {
  override readonly name = 'PermissionError'
}

/** True for a {@link PermissionError}, also across duplicate copies of the SDK. */
export function isPermissionError(value: unknown): value is PermissionError {
  return isEdufedError(value) && value.name === 'PermissionError'
}
