import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { App } from '../app-instance.js'

const acceptable = /^[\w.:-]{1,128}$/

/** The id that the caller gave in X-Request-Id, or a new one when there is none that is safe to log. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && acceptable.test(given) ? given : randomUUID()
}

/** Names each answer's request in X-Request-Id, as the log does. */
export function addRequestIds(app: App): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
}
