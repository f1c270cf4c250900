import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifySchema } from 'fastify'
import type { App } from '../app-instance.js'
import type { RouteAccess } from './authentication.js'
import { namedSchemas, toReferences } from './named-schemas.js'

/** Describes all routes as OpenAPI 3.1 at `/openapi.json`, with pages to try them at `/docs`. */
export async function addOpenApi(app: App, options: { version: string; publicUrl?: string }): Promise<void> {
  for (const schema of namedSchemas) app.addSchema(schema)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Edufed',
        version: options.version,
        description: 'The federated catalogue of learning resources: search, records, change feed, sources, uploads.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: options.publicUrl ?? '/' }],
      components: {
        securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `edufed_…`' } },
      },
    },
    convertConstToEnum: false,
    refResolver: { buildLocalReference: (schema, _baseUri, _fragment, index) => String(schema.$id ?? `schema-${index}`) },
    transform: ({ schema, url, route }) => ({ schema: describe(schema ?? {}, route.config?.access), url }),
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })
  app.get('/openapi.json', { schema: { hide: true }, config: { access: 'anyone' } }, async () => app.swagger())
}

/** A route's schemas as OpenAPI shows them: named schemas by reference, every error as a problem, keys where they are needed. */
function describe(schema: FastifySchema, access: RouteAccess | undefined): FastifySchema {
  const { body, querystring, params, headers, response, ...rest } = schema as FastifySchema & { response?: Record<string, unknown> }
  const parts = Object.fromEntries(
    Object.entries({ body, querystring, params, headers })
      .filter(([, part]) => part !== undefined)
      .map(([name, part]) => [name, toReferences(part, false)]),
  )
  return {
    ...rest,
    ...parts,
    response: {
      ...Object.fromEntries(Object.entries(response ?? {}).map(([status, answer]) => [status, toReferences(answer, false)])),
      default: {
        description: 'Any error, with a stable code',
        content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
      },
    },
    ...(access && access !== 'anyone' ? { security: access === 'read' ? [{}, { apiKey: [] }] : [{ apiKey: [] }] } : {}),
  }
}
