import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { App } from '../app-instance.js'
import { ServerError } from '../errors.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer is a document: it gets an ETag, and 304 when the caller has it already. */
    hasEntityTag?: boolean
  }
}

/** The strong ETag of a document as it is sent. */
export function entityTag(document: object | string): string {
  const text = typeof document === 'string' ? document : JSON.stringify(document)
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
}

/** Gives documents their ETag and answers 304 to a matching If-None-Match. */
export function addEntityTags(app: App): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.routeOptions.config.hasEntityTag || typeof payload !== 'string' || reply.statusCode >= 300) return payload
    const tag = entityTag(payload)
    reply.header('etag', tag)
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', request.caller ? 'private, no-cache' : 'no-cache')
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (!isRead || !names(request.headers['if-none-match'], tag, true)) return payload
    reply.code(304).removeHeader('content-type').removeHeader('content-length')
    return ''
  })
}

/** Lets a write go on only when it is meant for the document as it is now. @throws {ServerError} `EDUFED_PRECONDITION_FAILED` */
export function assertIfMatch(request: FastifyRequest, current: object): void {
  const condition = request.headers['if-match']
  if (condition === undefined || names(condition, entityTag(current), false)) return
  throw new ServerError('EDUFED_PRECONDITION_FAILED', 'If-Match names another state of the document than the one that is here now')
}

function names(header: string | undefined, tag: string, isWeak: boolean): boolean {
  if (header === undefined) return false
  if (header.trim() === '*') return true
  return header.split(',').some((part) => (isWeak ? part.trim().replace(/^W\//, '') : part.trim()) === tag)
}
