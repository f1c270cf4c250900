import * as contract from '@edufed/sdk/schemas'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifySchema } from 'fastify'
import type { App } from '../app-instance.js'
import type { RouteAccess } from './authentication.js'

type SchemaNode = Record<string, unknown>

/** The schemas of the contract that have a name of their own: OpenAPI components, and targets of references. */
export const namedSchemas: readonly (SchemaNode & { $id: string })[] = (Object.values(contract) as unknown[]).filter(isNamedSchema)

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
      .map(([name, part]) => [name, toReferences(part, true)]),
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

function toReferences(node: unknown, isRoot: boolean): unknown {
  if (Array.isArray(node)) return node.map((item) => toReferences(item, false))
  if (typeof node !== 'object' || node === null) return node
  if (!isRoot && isNamedSchema(node)) return { $ref: `${node.$id}#` }
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' && !value.includes('#') ? `${value}#` : toReferences(value, false),
    ]),
  )
}

function isNamedSchema(value: unknown): value is SchemaNode & { $id: string } {
  return typeof value === 'object' && value !== null && '$id' in value && typeof value.$id === 'string'
}
