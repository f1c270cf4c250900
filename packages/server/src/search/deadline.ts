import { ServerError } from '../errors.js'

/** How long a search may take, with waiting for its turn and with looking for what may have been meant. */
export const searchTimeMs = 10_000

/** True when a point in time, in milliseconds since 1970, has passed; never without one. */
export function isPast(deadline: number | undefined): boolean {
  return deadline !== undefined && Date.now() > deadline
}

/** @throws {ServerError} `EDUFED_SEARCH_TIMEOUT` when the deadline has passed. */
export function assertInTime(deadline: number | undefined): void {
  if (isPast(deadline)) throw searchTimeout()
}

export function searchTimeout(): ServerError {
  return new ServerError('EDUFED_SEARCH_TIMEOUT', `The search was not done within its time of ${searchTimeMs / 1_000} seconds`, {
    retryAfterSeconds: 5,
  })
}
