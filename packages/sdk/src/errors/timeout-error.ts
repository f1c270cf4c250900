import { EdufedError, isEdufedError } from './edufed-error.js'
import type { SdkErrorCode } from './sdk-errors.js'

/** The node did not answer within `timeoutMs`. */
export class TimeoutError extends EdufedError {
  override readonly name = 'TimeoutError'

  constructor(message: string, cause?: unknown) {
    super('EDUFED_SDK_TIMEOUT' satisfies SdkErrorCode, message, { cause })
  }
}

/** True for a {@link TimeoutError}, also across duplicate copies of the SDK. */
export function isTimeoutError(value: unknown): value is TimeoutError {
  return isEdufedError(value) && value.name === 'TimeoutError'
}
