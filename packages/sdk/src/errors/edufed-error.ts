/** Base of every error that Edufed's packages throw. `code` is stable and documented. */
export class EdufedError extends Error {
  override readonly name: string = 'EdufedError'
  readonly code: string
  readonly details?: Record<string, unknown>

  constructor(code: string, message: string, options: { cause?: unknown; details?: Record<string, unknown> } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    if (options.details) this.details = options.details
  }
}

/** True for every error of Edufed's packages, also across duplicate copies of a package. */
export function isEdufedError(value: unknown): value is EdufedError {
  return value instanceof Error && 'code' in value && typeof value.code === 'string' && value.code.startsWith('EDUFED_')
}
