import { ServerError } from '../../errors.js'

const retryAfterSeconds = 5
const networkCodes = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/

/** True when S3 says that an object or an upload is not there. */
export function isMissingInS3(error: unknown): boolean {
  return error instanceof Error && /^(NotFound|NoSuchKey|NoSuchUpload)$/.test(error.name)
}

/** Gives the same error, or for a store that does not answer one that says so. */
export function toS3Fault(error: unknown): unknown {
  if (!isAway(error)) return error
  return new ServerError('EDUFED_UNAVAILABLE', 'The store of uploaded files does not answer', { cause: error, retryAfterSeconds })
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } }
  return /^(TimeoutError|NetworkingError)$/.test(error.name) || networkCodes.test(String(code)) || ($metadata?.httpStatusCode ?? 0) >= 500
}
