import { Harvest, HarvestInput, HarvestList, QuarantineList, ReplayInput } from '@edufed/sdk/schemas'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { App } from '../../app-instance.js'
import type { CatalogStore } from '../../catalog/catalog-store.js'
import { ServerError } from '../../errors.js'
import { decodeCursor, encodeCursor } from '../../search/cursor.js'
import { isOpen } from './harvest-document.js'
import type { HarvestService } from './harvest-service.js'
import { watchHarvests } from './harvest-watch.js'
import { accessOf, requireSourceRow } from './routes.js'
import type { SourceService } from './service.js'

const tags = ['harvests']
const SourceParams = Type.Object({ id: Type.String({ maxLength: 200, description: 'Id of the source' }) })
const HarvestParams = Type.Object({ ...SourceParams.properties, harvestId: Type.String({ maxLength: 200 }) })
const PageQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 20 })),
    cursor: Type.Optional(Type.String({ maxLength: 4_000 })),
  },
  { additionalProperties: false },
)

const watchedHarvests = 50

/** Adds the routes that start, watch, stop and release harvests, and that show what was held back. */
export function addHarvestRoutes(app: App, ports: { sources: SourceService; harvests: HarvestService; catalog: CatalogStore }): void {
  const { sources, harvests, catalog } = ports

  app.post(
    '/api/v1/sources/:id/harvests',
    {
      config: { access: 'harvests:run' },
      schema: {
        tags,
        summary: 'Start a harvest of a source',
        operationId: 'startHarvest',
        params: SourceParams,
        body: Type.Optional(HarvestInput),
        response: { 202: Harvest },
      },
    },
    async (request, reply) => {
      const source = await requireSourceRow(request, sources, request.params.id, 'harvests:run')
      const harvest = await harvests.start(source, request.body?.mode ?? 'incremental')
      return reply.code(202).header('location', `/api/v1/sources/${source.id}/harvests/${harvest.id}`).send(harvest)
    },
  )

  app.post(
    '/api/v1/sources/:id/replay',
    {
      config: { access: 'harvests:run' },
      schema: {
        tags,
        summary: 'Run the present crosswalk over the answers that were kept of a source, without asking it',
        operationId: 'replaySource',
        params: SourceParams,
        body: Type.Optional(ReplayInput),
        response: { 202: Harvest },
      },
    },
    async (request, reply) => {
      const source = await requireSourceRow(request, sources, request.params.id, 'harvests:run')
      const harvest = await harvests.replay(source, request.body ?? {})
      return reply.code(202).header('location', `/api/v1/sources/${source.id}/harvests/${harvest.id}`).send(harvest)
    },
  )

  app.get(
    '/api/v1/sources/:id/harvests',
    {
      config: { access: 'sources:read' },
      schema: {
        tags,
        summary: 'List the harvests of a source, newest first',
        operationId: 'listSourceHarvests',
        params: SourceParams,
        querystring: PageQuery,
        response: { 200: HarvestList },
      },
    },
    async (request) => {
      const source = await requireSourceRow(request, sources, request.params.id, 'sources:read')
      return toPage(harvests, { sourceId: source.id }, request.query, `harvests of ${source.id}`)
    },
  )

  app.get(
    '/api/v1/harvests',
    {
      config: { access: 'sources:read' },
      schema: {
        tags,
        summary: 'List the harvests of all sources, newest first; with Accept: text/event-stream, follow them live',
        operationId: 'listHarvests',
        querystring: PageQuery,
        response: { 200: HarvestList },
      },
    },
    async (request, reply) => {
      const access = accessOf(request.requireScope('sources:read'))
      if (!wantsEvents(request)) return toPage(harvests, access, request.query, 'harvests')
      const limit = Math.min(request.query.limit ?? watchedHarvests, watchedHarvests)
      return reply.sendEvents((signal) =>
        watchHarvests(async () => ({ harvests: await harvests.list(access, { limit }), isLast: false }), signal),
      )
    },
  )

  app.get(
    '/api/v1/sources/:id/harvests/:harvestId',
    {
      config: { access: 'sources:read' },
      schema: {
        tags,
        summary: 'Read a harvest; with Accept: text/event-stream, follow it live until it ends',
        operationId: 'getHarvest',
        params: HarvestParams,
        response: { 200: Harvest },
      },
    },
    async (request, reply) => {
      const source = await requireSourceRow(request, sources, request.params.id, 'sources:read')
      const harvest = await harvests.find(source.id, request.params.harvestId)
      if (!wantsEvents(request)) return harvest
      return reply.sendEvents((signal) =>
        watchHarvests(async () => {
          const current = await harvests.find(source.id, harvest.id)
          return { harvests: [current], isLast: !isOpen(current) }
        }, signal),
      )
    },
  )

  for (const action of ['cancel', 'release'] as const) {
    app.post(
      `/api/v1/sources/:id/harvests/:harvestId/${action}`,
      {
        config: { access: 'harvests:run' },
        schema: {
          tags,
          summary: action === 'cancel' ? 'Stop a harvest; what it took is kept' : 'Let go a deletion that was held because it is large',
          operationId: `${action}Harvest`,
          params: HarvestParams,
          response: { 200: Harvest },
        },
      },
      async (request) => {
        const source = await requireSourceRow(request, sources, request.params.id, 'harvests:run')
        return harvests[action](source.id, request.params.harvestId)
      },
    )
  }

  app.get(
    '/api/v1/sources/:id/quarantine',
    {
      config: { access: 'sources:read' },
      schema: {
        tags,
        summary: 'List the records of a source that are held back, with the reasons',
        operationId: 'listQuarantine',
        params: SourceParams,
        querystring: PageQuery,
        response: { 200: QuarantineList },
      },
    },
    async (request) => {
      const source = await requireSourceRow(request, sources, request.params.id, 'sources:read')
      const { limit = 20, cursor } = request.query
      const key = `quarantine of ${source.id}`
      const after = cursor === undefined ? undefined : (decodeCursor(cursor, key) as { after: string }).after
      const records = await catalog.listQuarantined(source.id, { limit: limit + 1, ...(after === undefined ? {} : { after }) })
      const page = records.slice(0, limit)
      return {
        records: page.map(({ identifier, datestamp, metadataPrefix, harvestId, draft, issues }) => ({
          identifier,
          ...(datestamp === undefined ? {} : { datestamp }),
          metadataPrefix,
          ...(harvestId === undefined ? {} : { harvestId }),
          ...(draft === undefined ? {} : { resource: draft }),
          issues,
        })),
        ...(records.length > limit ? { cursor: encodeCursor({ after: page.at(-1)!.identifier }, key) } : {}),
      }
    },
  )
}

async function toPage(
  harvests: HarvestService,
  access: Parameters<HarvestService['list']>[0],
  query: { limit?: number; cursor?: string },
  key: string,
): Promise<HarvestList> {
  const { limit = 20, cursor } = query
  const before = cursor === undefined ? undefined : (decodeCursor(cursor, key) as { before: string }).before
  const found = await harvests.list(access, { limit: limit + 1, ...(before === undefined ? {} : { before }) })
  const page = found.slice(0, limit)
  return { harvests: page, ...(found.length > limit ? { cursor: encodeCursor({ before: page.at(-1)!.id }, key) } : {}) }
}

/** @throws {ServerError} `EDUFED_NOT_ACCEPTABLE` when the caller takes neither form. */
function wantsEvents(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? '*/*'
  if (accept.includes('text/event-stream')) return true
  if (/application\/(json|\*)|\*\/\*/.test(accept)) return false
  throw new ServerError('EDUFED_NOT_ACCEPTABLE', 'A harvest is sent as application/json or text/event-stream')
}
