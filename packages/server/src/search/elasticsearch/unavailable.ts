import { errors } from '@elastic/elasticsearch'
import { ServerError } from '../../errors.js'

const retryAfterSeconds = 5

/** The error that says that search is away for now, and when to come again. */
export function searchUnavailable(detail: string, options: { cause?: unknown; retryAfterSeconds?: number } = {}): ServerError {
  return new ServerError('EDUFED_SEARCH_UNAVAILABLE', detail, { retryAfterSeconds, ...options })
}

/** Makes an error of the Elasticsearch client one of ours. What is not the cluster's state but our mistake stays as it is. */
export function toSearchError(error: unknown): unknown {
  if (error instanceof errors.ResponseError) return fromResponse(error)
  if (error instanceof errors.TimeoutError) return searchUnavailable('Elasticsearch did not answer in time', { cause: error })
  if (error instanceof errors.ProductNotSupportedError)
    return searchUnavailable('The address of Elasticsearch belongs to something else', { cause: error })
  if (error instanceof errors.ConnectionError || error instanceof errors.NoLivingConnectionsError)
    return searchUnavailable('Elasticsearch cannot be reached', { cause: error })
  return error
}

/** True when no host gave an answer, so that asking again at once would only wait again. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof ServerError && error.code === 'EDUFED_SEARCH_UNAVAILABLE' && !(error.cause instanceof errors.ResponseError)
}

/** True for the answer that an index, alias or document is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof errors.ResponseError && error.statusCode === 404
}

/** True for the answer that something is there already. */
export function isAlreadyThere(error: unknown): boolean {
  return error instanceof errors.ResponseError && error.statusCode === 400 && errorType(error) === 'resource_already_exists_exception'
}

/** The type that Elasticsearch names an error by, e.g. `search_context_missing_exception`. */
export function errorType(error: unknown): string | undefined {
  if (!(error instanceof errors.ResponseError)) return undefined
  const cause: unknown = (error.body as { error?: unknown } | undefined)?.error
  return typeof cause === 'object' && cause !== null && 'type' in cause && typeof cause.type === 'string' ? cause.type : undefined
}

function fromResponse(error: InstanceType<typeof errors.ResponseError>): unknown {
  const status = error.statusCode ?? 0
  if (status === 401 || status === 403)
    return searchUnavailable('Elasticsearch refuses our credentials; check the API key or the user and its rights', { cause: error })
  if (status === 404) return searchUnavailable('The search index is not there; it is being built anew', { cause: error })
  if (status === 429) {
    const seconds = Number(error.headers?.['retry-after'])
    return searchUnavailable(
      'Elasticsearch is too busy',
      seconds > 0 ? { cause: error, retryAfterSeconds: Math.ceil(seconds) } : { cause: error },
    )
  }
  if (status >= 502 && status <= 504) return searchUnavailable('Elasticsearch is not ready or lacks a part of the index', { cause: error })
  return error
}
