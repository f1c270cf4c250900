import type { DetailedError, HttpRequest, HttpResponse } from 'tus-js-client'
import { isApiError } from '../../errors/api-error.js'
import { isEdufedError } from '../../errors/edufed-error.js'
import { NetworkError } from '../../errors/network-error.js'
import { ProtocolError } from '../../errors/protocol-error.js'
import { toApiError } from '../api-error.js'
import { isTransient } from '../retry.js'
import { toLabel } from '../url.js'

/** The typed error behind one of tus-js-client's, whose messages quote whole answers. */
export function toUploadError(error: unknown): unknown {
  if (isEdufedError(error) || !isDetailed(error)) return error
  if (isEdufedError(error.causingError)) return error.causingError
  const { originalRequest: request, originalResponse: response } = error
  if (response) return toAnswerError(request, response)
  return new NetworkError(`${toRequestLabel(request)} did not get through`, error.causingError ?? undefined)
}

/** The typed error of an answer that was not a success. */
export function toAnswerError(request: HttpRequest, response: HttpResponse): Error {
  if (response.getStatus() < 400) return new ProtocolError(`${toRequestLabel(request)} got an answer that is not of tus 1.0.0`)
  const header = (name: string) => response.getHeader(name)
  return toApiError(response.getStatus(), response.getBody() ?? '', header, toRequestLabel(request))
}

/** 409 and 423: the node is still busy with the request that broke off. */
export function isTransientUploadError(error: unknown): boolean {
  return isTransient(error) || (isApiError(error) && [409, 423].includes(error.status))
}

function isDetailed(error: unknown): error is DetailedError {
  return error instanceof Error && 'originalRequest' in error && error.originalRequest !== null
}

function toRequestLabel(request: HttpRequest): string {
  return `${request.getMethod()} ${toLabel(request.getURL())}`
}
