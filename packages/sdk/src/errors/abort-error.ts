import { EdufedError, isEdufedError } from './edufed-error.js'
import type { SdkErrorCode } from './sdk-errors.js'

/** Your abort signal stopped the request; `cause` is the reason that the signal gave. */
export class AbortError extends EdufedError {
  override readonly name = 'AbortError'

  constructor(message: string, cause?: unknown) {
    super('EDUFED_SDK_ABORTED' satisfies SdkErrorCode, message, { cause })
  }
}

/** True for an {@link AbortError}, also across duplicate copies of the SDK. */
export function isAbortError(value: unknown): value is AbortError {
  return isEdufedError(value) && value.name === 'AbortError'
}
