import { Source, SourceInput, SourceList, SourcePatch, SourcePreview, SourcePreviewInput } from '@edufed/sdk/schemas'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { App } from '../../app-instance.js'
import type { Caller } from '../../plugins/authentication.js'
import { decodeCursor, encodeCursor } from '../../search/cursor.js'
import type { SourceService } from './service.js'
import type { SourceAccess, SourceRow } from './source-store.js'

const tags = ['sources']
const SourceParams = Type.Object({ id: Type.String({ maxLength: 200, description: 'Id of the source' }) })
const listKey = 'sources'

/** Adds the routes that list, make, change, remove and try out sources. */
export function addSourceRoutes(app: App, service: SourceService): void {
  app.get(
    '/api/v1/sources',
    {
      config: { access: 'sources:read' },
      schema: {
        tags,
        summary: 'List the sources that the key may see',
        operationId: 'listSources',
        querystring: Type.Object(
          {
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
            cursor: Type.Optional(Type.String({ maxLength: 1_000 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: SourceList },
      },
    },
    async (request) => {
      const { cursor, limit = 100 } = request.query
      const after = cursor === undefined ? undefined : (decodeCursor(cursor, listKey) as { id: string }).id
      const sources = await service.list(accessOf(request.requireScope('sources:read')), {
        limit: limit + 1,
        ...(after === undefined ? {} : { after }),
      })
      const page = sources.slice(0, limit)
      return { sources: page, ...(sources.length > limit ? { cursor: encodeCursor({ id: page.at(-1)!.id }, listKey) } : {}) }
    },
  )

  app.post(
    '/api/v1/sources',
    {
      config: { access: 'sources:write' },
      schema: {
        tags,
        summary: 'Add a source',
        operationId: 'createSource',
        body: SourceInput,
        response: { 201: Source },
      },
    },
    async (request, reply) => {
      const caller = request.requireScope('sources:write')
      const input: SourceInput = {
        ...request.body,
        ...(caller.memberId === undefined ? {} : { memberId: request.body.memberId ?? caller.memberId }),
      }
      const row = service.toRow(input)
      request.requireSource('sources:write', ownerOf(row))
      const { source, etag } = await service.tagged(await service.create(row, input.id !== undefined))
      return reply.code(201).header('etag', etag).header('location', `/api/v1/sources/${source.id}`).send(source)
    },
  )

  app.get(
    '/api/v1/sources/:id',
    {
      config: { access: 'sources:read' },
      schema: {
        tags,
        summary: 'Read a source',
        operationId: 'getSource',
        params: SourceParams,
        response: { 200: Source },
      },
    },
    async (request, reply) => {
      const { source, etag } = await service.tagged(await requireSourceRow(request, service, request.params.id, 'sources:read'))
      return reply.header('etag', etag).header('cache-control', 'private, no-cache').send(source)
    },
  )

  app.patch(
    '/api/v1/sources/:id',
    {
      config: { access: 'sources:write' },
      schema: {
        tags,
        summary: 'Change a source',
        operationId: 'updateSource',
        params: SourceParams,
        headers: Type.Object({ 'if-match': Type.Optional(Type.String({ description: 'ETag of the source as it was read' })) }),
        body: SourcePatch,
        response: { 200: Source },
      },
    },
    async (request, reply) => {
      const row = await requireSourceRow(request, service, request.params.id, 'sources:write')
      const edited = await service.edit(row, request.body, request.headers['if-match'], (changed) => {
        request.requireSource('sources:write', ownerOf(changed))
      })
      const { source, etag } = await service.tagged(edited)
      return reply.header('etag', etag).send(source)
    },
  )

  app.delete(
    '/api/v1/sources/:id',
    {
      config: { access: 'sources:write' },
      schema: {
        tags,
        summary: 'Remove a source',
        operationId: 'deleteSource',
        params: SourceParams,
        querystring: Type.Object(
          {
            records: Type.Optional(
              Type.Literal('delete', { description: 'Delete its records too; without it a source with records stays' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const row = await requireSourceRow(request, service, request.params.id, 'sources:write')
      await service.delete(row, { withRecords: request.query.records === 'delete' })
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/v1/sources/preview',
    {
      config: { access: 'sources:write', idempotency: 'off' },
      schema: {
        tags,
        summary: 'Try out a source: what it says about itself and its first records; nothing is kept',
        operationId: 'previewSource',
        body: SourcePreviewInput,
        response: { 200: SourcePreview },
      },
    },
    async (request, reply) => {
      const { sourceId } = request.body
      const stored = sourceId === undefined ? undefined : await requireSourceRow(request, service, sourceId, 'sources:write')
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      return service.preview(request.body, stored, gone.signal)
    },
  )
}

/** The sources that a key may see and touch. */
export function accessOf(caller: Caller): SourceAccess {
  return {
    ...(caller.memberId === undefined ? {} : { memberId: caller.memberId }),
    ...(caller.sourceIds === undefined ? {} : { sourceIds: caller.sourceIds }),
  }
}

/** The source, when the caller may touch it. @throws {ServerError} 401, 403 or 404 */
export async function requireSourceRow(
  request: FastifyRequest,
  service: SourceService,
  id: string,
  scope: 'sources:read' | 'sources:write' | 'harvests:run',
): Promise<SourceRow> {
  const row = await service.row(id)
  request.requireSource(scope, ownerOf(row))
  return row
}

function ownerOf(row: SourceRow): { id: string; memberId?: string } {
  return { id: row.id, ...(row.member_id === null ? {} : { memberId: row.member_id }) }
}
