import { EdufedError, isEdufedError } from './edufed-error.js'
import type { SdkErrorCode } from './sdk-errors.js'

/** An option or an argument cannot be used; nothing was sent. */
export class UsageError extends EdufedError {
  override readonly name = 'UsageError'

  constructor(message: string, cause?: unknown) {
    super('EDUFED_SDK_USAGE' satisfies SdkErrorCode, message, { cause })
  }
}

/** True for a {@link UsageError}, also across duplicate copies of the SDK. */
export function isUsageError(value: unknown): value is UsageError {
  return isEdufedError(value) && value.name === 'UsageError'
}
