import { EdufedError, isEdufedError } from './edufed-error.js'
import type { SdkErrorCode } from './sdk-errors.js'

/** The node could not be reached, or the connection broke; `cause` has the reason. */
export class NetworkError extends EdufedError {
  override readonly name = 'NetworkError'

  constructor(message: string, cause?: unknown) {
    super('EDUFED_SDK_NETWORK' satisfies SdkErrorCode, message, { cause })
  }
}

/** True for a {@link NetworkError}, also across duplicate copies of the SDK. */
export function isNetworkError(value: unknown): value is NetworkError {
  return isEdufedError(value) && value.name === 'NetworkError'
}
