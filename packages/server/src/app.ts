import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger } from 'fastify'
import type { Adapters } from './adapters.js'
import type { App } from './app-instance.js'
import type { ServerConfig } from './config.js'
import { createKeyDirectory } from './modules/members/index.js'
import { addAuthentication } from './plugins/authentication.js'
import { addCors } from './plugins/cors.js'
import { addEntityTags } from './plugins/entity-tags.js'
import { addEventStreams } from './plugins/event-stream.js'
import { addIdempotency } from './plugins/idempotency.js'
import { rememberRoutes } from './plugins/known-routes.js'
import { addMetrics } from './plugins/metrics.js'
import { addOpenApi } from './plugins/openapi.js'
import { addProblems, sendProblem } from './plugins/problems.js'
import { addRateLimit } from './plugins/rate-limit.js'
import { addRequestIds, requestIdOf } from './plugins/request-id.js'
import { addSecurityHeaders } from './plugins/security-headers.js'
import { schemaController } from './plugins/validation.js'

export interface BuildAppOptions {
  now?: () => Date
  /** Time between two signs of life on an event stream. @default 15000 */
  heartbeatMs?: number
}

/**
 * The server with all its modules, ready for `listen` or `inject`; it opens no port itself.
 * `ready()` starts the background work; `close()` ends streams, work and adapters in this order.
 */
export async function buildApp(config: ServerConfig, adapters: Adapters, options: BuildAppOptions = {}): Promise<App> {
  const { database, logger } = adapters
  const { now = () => new Date(), heartbeatMs = 15_000 } = options
  const app: App = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    genReqId: requestIdOf,
    requestIdHeader: false,
    trustProxy: config.trustProxy.length > 0 ? [...config.trustProxy] : false,
    bodyLimit: config.bodyLimitBytes,
    schemaController,
    // Identifiers of records stand in addresses, percent-encoded.
    routerOptions: { maxParamLength: 8_192 },
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply, config),
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.removeContentTypeParser('text/plain')

  rememberRoutes(app)
  addRequestIds(app)
  await addCors(app, config.corsOrigins)
  await addSecurityHeaders(app, { isSecure: config.publicUrl?.startsWith('https:') ?? false })
  const keyDirectory = createKeyDirectory({ database, now, log: logger })
  addAuthentication(app, {
    keys: keyDirectory,
    ...(config.adminKey ? { adminKey: config.adminKey } : {}),
    isPrivate: config.isPrivate,
    now,
  })
  await addMetrics(app)
  await addRateLimit(app, { anonymous: config.rateLimitPerMinute, withKey: config.keyRateLimitPerMinute })
  addProblems(app, config)
  addEntityTags(app)
  addIdempotency(app, { database, now })
  addEventStreams(app, { heartbeatMs, stallMs: 60_000 })
  await addOpenApi(app, { version: '0.1.0', ...(config.publicUrl ? { publicUrl: config.publicUrl } : {}) })
  return app
}
