import type { FieldProblem } from '../contract.js'
import { ApiError, type ErrorAnswer } from './api-error.js'
import { isEdufedError } from './edufed-error.js'

/** The request is not valid (400, 422); `errors` names each wrong field and its fix. */
export class ValidationError extends ApiError {
  override readonly name = 'ValidationError'
  readonly errors: readonly FieldProblem[]

  constructor(answer: ErrorAnswer) {
    super(answer)
    this.errors = answer.problem?.errors ?? []
  }
}

/** True for a {@link ValidationError}, also across duplicate copies of the SDK. */
export function isValidationError(value: unknown): value is ValidationError {
  return isEdufedError(value) && value.name === 'ValidationError'
}
