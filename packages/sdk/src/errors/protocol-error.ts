import { EdufedError, isEdufedError } from './edufed-error.js'
import type { SdkErrorCode } from './sdk-errors.js'

/** The answer is not one that an Edufed node gives, e.g. the page of a proxy. */
export class ProtocolError extends EdufedError {
  override readonly name = 'ProtocolError'

  constructor(message: string, cause?: unknown) {
    super('EDUFED_SDK_PROTOCOL' satisfies SdkErrorCode, message, { cause })
  }
}

/** True for a {@link ProtocolError}, also across duplicate copies of the SDK. */
export function isProtocolError(value: unknown): value is ProtocolError {
  return isEdufedError(value) && value.name === 'ProtocolError'
}
