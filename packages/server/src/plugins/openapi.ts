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
    transformObject: (made) => ('openapiObject' in made ? restore(made.openapiObject) : made.swaggerObject),
    transform: ({ schema, url, route }) => ({ schema: describe(schema ?? {}, route.config?.access), url }),
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })
  app.get('/openapi.json', { schema: { hide: true }, config: { access: 'anyone' } }, async () => app.swagger())
}

/** Answers of routes that speak a protocol of their own, or send bytes. */
const undescribed = { '2xx': { description: 'The answer, without JSON' } }

/** A route's schemas as OpenAPI shows them: named schemas by reference, every error as a problem, keys where they are needed. */
function describe(schema: FastifySchema, access: RouteAccess | undefined): FastifySchema {
  const { body, querystring, params, headers, response, ...rest } = schema as FastifySchema & { response?: Record<string, unknown> }
  const parts = Object.fromEntries(
    Object.entries({ body, querystring, params, headers })
      .filter(([, part]) => part !== undefined)
      .map(([name, part]) => [name, toSchema(part)]),
  )
  return {
    ...rest,
    ...parts,
    response: {
      ...Object.fromEntries(Object.entries(response ?? undescribed).map(([status, answer]) => [status, toSchema(answer)])),
      default: {
        description: 'Any error, with a stable code',
        content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
      },
    },
    ...(access && access !== 'anyone' ? { security: access === 'read' ? [{}, { apiKey: [] }] : [{ apiKey: [] }] } : {}),
  }
}

/** The plugin would make "any name" of patterns of names: it is given them under a key that it leaves alone. */
const patterns = 'patternProperties'
const keptPatterns = 'x-pattern-properties'

function toSchema(schema: unknown): unknown {
  return mapKeys(toReferences(schema, false), { [patterns]: keptPatterns })
}

/** Takes back what was kept from the plugin, and puts in the named schemas as the contract has them. */
function restore<T extends { components?: { schemas?: object } }>(made: T): T {
  const document = mapKeys(made, { [keptPatterns]: patterns }) as T
  const schemas = namedSchemas.map(({ $id, ...schema }) => [$id, toLocalReferences(schema)])
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) as object } }
}

function toLocalReferences(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toLocalReferences)
  if (typeof node !== 'object' || node === null) return node
  if ('$ref' in node && typeof node.$ref === 'string') return { $ref: `#/components/schemas/${node.$ref.replace(/#$/, '')}` }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, toLocalReferences(value)]))
}

function mapKeys(node: unknown, names: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(node)) return node.map((item) => mapKeys(item, names))
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [names[key] ?? key, mapKeys(value, names)]))
}
