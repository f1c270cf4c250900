import Type from 'typebox'
import type { App } from '../../app-instance.js'
import { ServerError, serverErrors } from '../../errors.js'
import type { Metrics } from '../../plugins/metrics.js'
import type { OperationService } from './operation-service.js'

const Health = Type.Object({ status: Type.Literal('ok') }, { additionalProperties: false })
const Readiness = Type.Object(
  {
    status: Type.Enum(['ready', 'notReady']),
    checks: Type.Array(
      Type.Object(
        { name: Type.Enum(['database', 'search', 'indexer']), isReady: Type.Boolean(), detail: Type.Optional(Type.String()) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
const ErrorCode = Type.Object(
  { code: Type.String(), status: Type.Integer(), title: Type.String(), fix: Type.String() },
  { additionalProperties: false },
)

/** `/healthz`, `/readyz`, `/metrics`, and what each error code means. */
export function addOperationRoutes(app: App, { operation, metrics }: { operation: OperationService; metrics: Metrics }): void {
  const tags = ['operation']
  const quiet = { logLevel: 'warn', exposeHeadRoute: true } as const

  app.get(
    '/healthz',
    {
      ...quiet,
      config: { access: 'anyone', rateLimit: false },
      schema: { tags, summary: 'Whether the process runs', response: { 200: Health } },
    },
    async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  )

  app.get(
    '/readyz',
    {
      ...quiet,
      config: { access: 'anyone', rateLimit: false },
      schema: { tags, summary: 'Whether everything works, and what does not', response: { 200: Readiness, 503: Readiness } },
    },
    async (_request, reply) => {
      const checks = await operation.check()
      const isReady = checks.every((check) => check.isReady)
      return reply
        .code(isReady ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ status: isReady ? 'ready' : 'notReady', checks })
    },
  )

  app.get(
    '/metrics',
    {
      ...quiet,
      config: { access: 'read', rateLimit: false },
      schema: {
        tags,
        summary: 'Counters for Prometheus',
        response: { 200: { description: 'Prometheus text format', content: { 'text/plain': { schema: { type: 'string' } } } } },
      },
    },
    async (_request, reply) =>
      reply
        .type(metrics.registry.contentType)
        .serializer((text: string) => text)
        .send(await metrics.registry.metrics()),
  )

  app.get(
    '/problems/:code',
    {
      config: { access: 'anyone' },
      schema: {
        tags,
        summary: 'What an error code means and what to do',
        params: Type.Object({ code: Type.String({ maxLength: 100 }) }),
        response: { 200: ErrorCode },
      },
    },
    async (request) => {
      const { code } = request.params
      const error = Object.entries(serverErrors).find(([name]) => name === code)?.[1]
      if (!error) throw new ServerError('EDUFED_NOT_FOUND', 'There is no such error code')
      return { code, ...error }
    },
  )
}
