import { createHash, timingSafeEqual } from 'node:crypto'
import type { ApiKeyScope } from '@edufed/sdk/schemas'
import type { FastifyRequest } from 'fastify'
import type { App } from '../app-instance.js'
import { anonymousViewer, memberViewer, nodeViewer, type Viewer } from '../catalog/viewer.js'
import { ServerError } from '../errors.js'
import type { Secret } from '../secret.js'

/** Who a request comes from: an API key that is valid now. */
export interface Caller {
  keyId: string
  name: string
  scopes: readonly ApiKeyScope[]
  memberId?: string
  sourceIds?: readonly string[]
  maxUploadBytes?: number
}

/** A key as it is remembered, with the member that it belongs to. */
export interface KnownKey extends Caller {
  /** SHA-256 of the key, hex. */
  digest: string
  member?: { id: string; region?: string }
  expiresAt?: string
  revokedAt?: string
}

/** Where keys are looked up. */
export interface KeyDirectory {
  findByDigest(digest: string): Promise<KnownKey | undefined>
  /** Notes that the key was used. */
  markUsed(keyId: string): void
}

/** What a route asks of its caller: `anyone`, `read` (a key only on a private node), or a scope. */
export type RouteAccess = 'anyone' | ApiKeyScope

declare module 'fastify' {
  interface FastifyRequest {
    /** The API key of the request; undefined when it has none. */
    caller: Caller | undefined
    /** What the request may see. */
    viewer: Viewer
    /** The caller, when its key has the scope. @throws {ServerError} 401 without a key, 403 without the scope. */
    requireScope(scope: ApiKeyScope): Caller
    /** The caller, when its key has the scope and may touch this source. @throws {ServerError} 401 or 403 */
    requireSource(scope: ApiKeyScope, source: { id: string; memberId?: string }): Caller
  }
  interface FastifyContextConfig {
    /** Checked before the body is read. Every route below /api must name it. */
    access?: RouteAccess
  }
}

export interface AuthenticationOptions {
  keys: KeyDirectory
  adminKey?: Secret
  isPrivate: boolean
  now: () => Date
}

/** On a private node whoever has no key sees nothing: no record carries this token. */
const strangerViewer: Viewer = { sees: ['stranger'] }
const failures = new WeakMap<FastifyRequest, ServerError>()
export const adminKeyId = 'bootstrap-administrator'

/** Tells who calls by `Authorization: Bearer edufed_…`, and keeps out who may not. */
export function addAuthentication(app: App, options: AuthenticationOptions): void {
  const adminDigest = options.adminKey && digestOf(options.adminKey.reveal())
  app.decorateRequest('caller', undefined)
  app.decorateRequest('viewer')
  app.decorateRequest('requireScope', function (scope) {
    return requireScope(this, scope)
  })
  app.decorateRequest('requireSource', function (scope, source) {
    const caller = requireScope(this, scope)
    assertMayTouch(caller, source)
    return caller
  })
  app.addHook('onRoute', ({ url, method, config }) => {
    if (url.startsWith('/api/') && !config?.access) throw new Error(`The route ${String(method)} ${url} does not name its config.access`)
  })
  app.addHook('onRequest', async (request) => {
    const { viewer, caller, failure } = await identify(request.headers.authorization, adminDigest, options)
    request.viewer = viewer
    request.caller = caller
    // Kept until the rate limit has counted the request.
    if (failure) failures.set(request, failure)
  })
  app.addHook('preParsing', async (request) => {
    const failure = failures.get(request)
    if (failure) throw failure
    const { access } = request.routeOptions.config
    if (!access || access === 'anyone' || (access === 'read' && !options.isPrivate)) return
    requireScope(request, access)
  })
}

async function identify(
  header: string | undefined,
  adminDigest: Buffer | undefined,
  { keys, now, isPrivate }: AuthenticationOptions,
): Promise<{ viewer: Viewer; caller: Caller | undefined; failure?: ServerError }> {
  const nobody = { viewer: isPrivate ? strangerViewer : anonymousViewer, caller: undefined }
  if (header === undefined) return nobody
  const [, token] = /^Bearer +([\x21-\x7e]{1,200})$/i.exec(header) ?? []
  if (!token) return { ...nobody, failure: invalidKey('The Authorization header is not `Bearer` and an API key') }
  const digest = digestOf(token)
  if (adminDigest && timingSafeEqual(digest, adminDigest)) {
    return { viewer: nodeViewer, caller: { keyId: adminKeyId, name: 'EDUFED_ADMIN_KEY', scopes: ['admin'] } }
  }
  const key = await keys.findByDigest(digest.toString('hex'))
  if (!key || !timingSafeEqual(digest, Buffer.from(key.digest, 'hex')))
    return { ...nobody, failure: invalidKey('This API key is not known') }
  if (key.revokedAt) return { ...nobody, failure: invalidKey('This API key was revoked') }
  if (key.expiresAt && new Date(key.expiresAt) <= now()) return { ...nobody, failure: invalidKey('This API key has expired') }
  keys.markUsed(key.keyId)
  const { digest: _digest, member, expiresAt: _expiresAt, revokedAt: _revokedAt, ...caller } = key
  return { viewer: caller.scopes.includes('admin') ? nodeViewer : memberViewer(member), caller }
}

function requireScope(request: FastifyRequest, scope: ApiKeyScope): Caller {
  const { caller } = request
  if (!caller) throw new ServerError('EDUFED_AUTHENTICATION_REQUIRED', `This needs an API key with the scope ${scope}`)
  if (!caller.scopes.includes(scope) && !caller.scopes.includes('admin')) {
    throw new ServerError('EDUFED_SCOPE_MISSING', `This needs the scope ${scope}; the key has ${caller.scopes.join(', ')}`)
  }
  return caller
}

function assertMayTouch(caller: Caller, source: { id: string; memberId?: string }): void {
  if (caller.sourceIds && !caller.sourceIds.includes(source.id)) {
    throw new ServerError('EDUFED_SOURCE_FORBIDDEN', `The key is for other sources than ${source.id}`)
  }
  if (caller.memberId !== undefined && caller.memberId !== source.memberId) {
    throw new ServerError('EDUFED_SOURCE_FORBIDDEN', `The key belongs to a member that does not own ${source.id}`)
  }
}

function invalidKey(detail: string): ServerError {
  return new ServerError('EDUFED_API_KEY_INVALID', detail)
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
