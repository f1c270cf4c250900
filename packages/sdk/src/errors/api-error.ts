import type { Problem } from '../contract.js'
import { EdufedError, isEdufedError } from './edufed-error.js'

/** What an error answer of the node says. */
export interface ErrorAnswer {
  status: number
  code: string
  message: string
  requestId?: string
  problem?: Problem
  retryAfterMs?: number
}

/** The node answered with an error. `code` is the problem's code, or `EDUFED_SDK_HTTP` when the answer was no problem document. */
export class ApiError extends EdufedError {
  override readonly name: string = 'ApiError'
  readonly status: number
  /** Names the request in the node's log. */
  readonly requestId: string | undefined
  readonly problem: Problem | undefined
  /** How long the node asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(answer: ErrorAnswer) {
    super(answer.code, answer.message)
    this.status = answer.status
    this.requestId = answer.requestId
    this.problem = answer.problem
    this.retryAfterMs = answer.retryAfterMs
  }
}

/** True for every error answer of a node, also across duplicate copies of the SDK. */
export function isApiError(value: unknown): value is ApiError {
  return isEdufedError(value) && 'status' in value && 'problem' in value
}
