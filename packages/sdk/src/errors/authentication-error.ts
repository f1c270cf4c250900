import { ApiError } from './api-error.js'
import { isEdufedError } from './edufed-error.js'

/** The API key is missing, wrong, expired or revoked (401). */
export class AuthenticationError extends ApiError {
  override readonly name = 'AuthenticationError'
}

/** True for a {@link AuthenticationError}, also across duplicate copies of the SDK. */
export function isAuthenticationError(value: unknown): value is AuthenticationError {
  return isEdufedError(value) && value.name === 'AuthenticationError'
}
