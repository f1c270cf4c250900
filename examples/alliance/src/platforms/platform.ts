import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'

/** A platform of the alliance, answering on loopback. */
export interface Platform {
  url: string
  close(): Promise<void>
}

export function createPlatformServer(): FastifyInstance {
  return Fastify({ logger: false, forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true } })
}

export async function listenOnLoopback(server: FastifyInstance, port = 0): Promise<Platform> {
  await server.listen({ host: '127.0.0.1', port })
  const { port: actualPort } = server.server.address() as AddressInfo
  return { url: `http://127.0.0.1:${actualPort}`, close: () => server.close() }
}
