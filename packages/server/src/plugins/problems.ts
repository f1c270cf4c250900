import { isEdufedError } from '@edufed/sdk'
import type { FieldProblem, Problem } from '@edufed/sdk/schemas'
import type { ErrorObject } from 'ajv'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app-instance.js'
import { isServerError, ServerError, type ServerErrorCode, serverErrors } from '../errors.js'
import { methodsOf } from './known-routes.js'
import { toFieldProblems } from './validation.js'

const frameworkCodes: Record<string, { code: ServerErrorCode; detail: string }> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'EDUFED_BODY_TOO_LARGE', detail: 'The body is larger than this node takes' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'EDUFED_MEDIA_TYPE_UNSUPPORTED',
    detail: 'The Content-Type of the body is not read at this address',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'EDUFED_BODY_NOT_JSON', detail: 'The body is empty' },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'EDUFED_BODY_NOT_JSON', detail: 'The body cannot be read as JSON' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: 'EDUFED_REQUEST_INVALID', detail: 'The body is not as long as Content-Length says' },
  FST_ERR_BAD_URL: { code: 'EDUFED_REQUEST_INVALID', detail: 'The path of the address is not validly percent-encoded' },
}

/** Answers every error as `application/problem+json` with a stable code; what is unknown shows nothing but the request id. */
export function addProblems(app: App, options: { publicUrl?: string }): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => sendProblem(error, request, reply, options))
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    const allowed = methodsOf(app, request.url)
    if (allowed.length > 0) reply.header('allow', allowed.join(', '))
    const error =
      allowed.length > 0
        ? new ServerError('EDUFED_METHOD_NOT_ALLOWED', `${request.method} is not offered here`)
        : new ServerError('EDUFED_NOT_FOUND', 'No document and no operation has this address')
    return sendProblem(error, request, reply, options)
  })
}

/** Sends the problem document for whatever was thrown. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply, options: { publicUrl?: string }): FastifyReply {
  const problem = toProblem(thrown, request, options)
  if (problem.status >= 500) request.log.error({ err: thrown, code: problem.code }, problem.title)
  else request.log.info({ code: problem.code }, problem.detail)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="edufed"')
  if (isServerError(thrown) && thrown.retryAfterSeconds !== undefined) reply.header('retry-after', String(thrown.retryAfterSeconds))
  reply.header('cache-control', 'no-store').header('x-request-id', request.id)
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').serializer(JSON.stringify).send(problem)
}

/** The problem document of an error. */
export function toProblem(thrown: unknown, request: { id: string; url: string }, options: { publicUrl?: string }): Problem {
  const known = toKnownError(thrown)
  return {
    type: `${options.publicUrl?.replace(/\/$/, '') ?? ''}/problems/${known.code}`,
    title: known.title,
    status: known.status,
    detail: known.fix ? `${known.detail.replace(/\.$/, '')}. ${known.fix}.` : known.detail,
    code: known.code,
    instance: request.url.split('?')[0]!,
    requestId: request.id,
    ...(known.errors ? { errors: known.errors } : {}),
  }
}

interface KnownError {
  code: string
  status: number
  title: string
  detail: string
  fix?: string
  errors?: FieldProblem[]
}

function toKnownError(thrown: unknown): KnownError {
  if (isServerError(thrown)) return known(thrown.code as ServerErrorCode, thrown.message, thrown.errors)
  if (isEdufedError(thrown)) {
    // What a source did wrong: its own code says more than one of ours.
    const fix = 'fix' in thrown && typeof thrown.fix === 'string' ? thrown.fix : undefined
    return { code: thrown.code, status: 502, title: 'The source could not be read', detail: thrown.message, ...(fix ? { fix } : {}) }
  }
  const error = (thrown ?? {}) as Partial<FastifyError>
  if (Array.isArray(error.validation)) {
    const errors = toFieldProblems(error.validation as ErrorObject[], error.validationContext)
    const names = [...new Set(errors.map(({ path }) => path))].slice(0, 5).join(', ')
    return known('EDUFED_REQUEST_INVALID', `Not accepted: ${names}`, errors)
  }
  const mapped = frameworkCodes[error.code ?? '']
  if (mapped) return known(mapped.code, mapped.detail)
  if (error.statusCode === 415) return known('EDUFED_MEDIA_TYPE_UNSUPPORTED', 'The Content-Type of the body is not read at this address')
  return known('EDUFED_INTERNAL', 'The request could not be answered')
}

function known(code: ServerErrorCode, detail: string, errors?: FieldProblem[]): KnownError {
  return { code, ...serverErrors[code], detail, ...(errors ? { errors } : {}) }
}
