import helmet from '@fastify/helmet'
import type { App } from '../app-instance.js'

/** Headers that keep browsers from doing harm with what the node serves. Documents may be read from other origins: see cors.ts. */
export async function addSecurityHeaders(app: App, options: { isSecure: boolean }): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        fontSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        // Thumbnails stay where their platforms keep them.
        imgSrc: ["'self'", 'data:', 'https:', 'http:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
      },
    },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    strictTransportSecurity: options.isSecure,
  })
}
