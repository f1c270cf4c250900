import { ServerError } from '../../errors.js'

const retryAfterSeconds = 5
const networkCodes = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/
/** Connection exceptions, shut down, starting up, no connection free, a standby that cannot write. */
const sqlStates = /^(08\w{3}|57P0[1-4]|53300|25006)$/
/** What the driver says without a code when a connection broke under it. */
const messages = /^(Connection terminated|Client (was closed|has encountered a connection error)|timeout expired|Query read timeout)/

/** True for a connection that cannot be used any more, or a server that cannot do its work now. */
export function isPostgresAway(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return networkCodes.test(code) || sqlStates.test(code) || messages.test(error.message)
}

/** The fault of a query: the driver's own error, or for a server that is away one that says so. */
export function toQueryFault(error: unknown): unknown {
  return isPostgresAway(error) ? unavailable(error) : error
}

/** The fault of getting a connection. Whatever it is, the database cannot be used. */
export function toConnectFault(error: unknown): unknown {
  const isQueueing = error instanceof Error && error.message === 'timeout exceeded when trying to connect'
  if (!isQueueing) return unavailable(error)
  return new ServerError('EDUFED_DATABASE_BUSY', 'All connections to PostgreSQL are in use', { cause: error, retryAfterSeconds })
}

/** Callers are told no addresses and no names of users: the cause has them, for the log. */
function unavailable(cause: unknown): ServerError {
  const { code, message } = cause as { code?: string; message?: string }
  const reason = code || message || String(cause)
  return new ServerError('EDUFED_DATABASE_UNAVAILABLE', `PostgreSQL cannot be used: ${reason}`, { cause, retryAfterSeconds })
}
