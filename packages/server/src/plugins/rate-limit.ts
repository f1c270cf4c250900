import rateLimit from '@fastify/rate-limit'
import type { App } from '../app-instance.js'
import { ServerError } from '../errors.js'

/** Counts requests by API key, else by address, and answers 429 with Retry-After above the limit. */
export async function addRateLimit(app: App, limits: { anonymous: number; withKey: number }): Promise<void> {
  await app.register(rateLimit, {
    hook: 'onRequest',
    timeWindow: 60_000,
    enableDraftSpec: true,
    cache: 20_000,
    keyGenerator: (request) => (request.caller ? `key:${request.caller.keyId}` : `address:${request.ip}`),
    max: (request) => (request.caller ? limits.withKey : limits.anonymous),
    errorResponseBuilder: (_request, { max, ttl }) =>
      new ServerError('EDUFED_RATE_LIMITED', `More than ${max} requests in a minute`, {
        retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1000)),
      }),
  })
}
