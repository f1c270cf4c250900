import type { Problem } from '../contract.js'
import { ApiError, type ErrorAnswer } from '../errors/api-error.js'
import { AuthenticationError } from '../errors/authentication-error.js'
import { ConflictError } from '../errors/conflict-error.js'
import { NotFoundError } from '../errors/not-found-error.js'
import { PermissionError } from '../errors/permission-error.js'
import { RateLimitError } from '../errors/rate-limit-error.js'
import type { SdkErrorCode } from '../errors/sdk-errors.js'
import { ValidationError } from '../errors/validation-error.js'
import { parseRetryAfter } from './retry.js'

const classes: Partial<Record<number, new (answer: ErrorAnswer) => ApiError>> = {
  400: ValidationError,
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
  410: NotFoundError,
  412: ConflictError,
  422: ValidationError,
  429: RateLimitError,
}

/** The typed error of an error answer. `label` names the request in the message when the answer has no problem document. */
export function toApiError(status: number, body: string, header: (name: string) => string | null | undefined, label: string): ApiError {
  const problem = parseProblem(body)
  const isOurs = problem?.code?.startsWith('EDUFED_')
  return new (classes[status] ?? ApiError)({
    status,
    code: isOurs ? problem!.code : ('EDUFED_SDK_HTTP' satisfies SdkErrorCode),
    message: problem?.detail ?? problem?.title ?? `${label} answered ${status}`,
    requestId: problem?.requestId ?? header('x-request-id') ?? undefined,
    problem,
    retryAfterMs: parseRetryAfter(header('retry-after')),
  })
}

function parseProblem(body: string): Problem | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return isProblem(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** True for a problem document, also where a result or an event was expected. */
export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'status' in value && 'title' in value
}
