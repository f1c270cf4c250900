import { EdufedError } from '@edufed/sdk'
import type { FieldProblem } from '@edufed/sdk/schemas'

/** Every error that the server answers or stops with: status, title and what to do. Codes are API; docs/reference/errors.md is made from this table. */
export const serverErrors = {
  EDUFED_REQUEST_INVALID: { status: 400, title: 'The request is not valid', fix: 'Correct the fields named in `errors`' },
  EDUFED_CURSOR_INVALID: {
    status: 400,
    title: 'The cursor does not belong to this list',
    fix: 'Start again without a cursor; a cursor is valid only for the query and the node that gave it',
  },
  EDUFED_SEARCH_UNAVAILABLE: {
    status: 503,
    title: 'Search is not available for now',
    fix: 'Try again after the time in Retry-After; writes and harvests go on meanwhile',
  },
  EDUFED_INTERNAL: {
    status: 500,
    title: 'Something went wrong in the server',
    fix: 'Give the request id to the operator; the log has the cause',
  },
} as const satisfies Record<string, { status: number; title: string; fix: string }>

export type ServerErrorCode = keyof typeof serverErrors

/** An error that becomes a problem document. `detail` says what happened, in a sentence. */
export class ServerError extends EdufedError {
  override readonly name = 'ServerError'
  readonly status: number
  readonly errors?: FieldProblem[]
  readonly retryAfterSeconds?: number

  constructor(
    code: ServerErrorCode,
    detail: string,
    options: { cause?: unknown; errors?: FieldProblem[]; retryAfterSeconds?: number } = {},
  ) {
    super(code, detail, options)
    this.status = serverErrors[code].status
    if (options.errors) this.errors = options.errors
    if (options.retryAfterSeconds !== undefined) this.retryAfterSeconds = options.retryAfterSeconds
  }
}
