import { Readable } from 'node:stream'
import { LearningResource, PushResult, ResourceDraft, Translations } from '@edufed/sdk/schemas'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { App } from '../../app-instance.js'
import { ServerError } from '../../errors.js'
import { chooseMediaType } from '../../media-type.js'
import type { RecordsService } from './records-service.js'
import { toJsonLd } from './to-json-ld.js'

const ndjson = 'application/x-ndjson'
/** A sender that reads the answers only when it has sent everything can leave this much of them unread. */
const unreadResultBytes = 8 * 1024 * 1024
const stallMs = 120_000

const ResourceParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 4_000, description: 'urn:edufed:…, percent-encoded' }) })
const LabelQuery = Type.Object(
  {
    lang: Type.Optional(
      Type.String({ maxLength: 35, description: 'BCP 47 tag of the interface: language of the labels', default: 'zh-Hans' }),
    ),
  },
  { additionalProperties: false },
)
const SourceParams = Type.Object({ source: Type.String({ minLength: 1, maxLength: 63 }) })
const RecordParams = Type.Object({
  ...SourceParams.properties,
  identifier: Type.String({ minLength: 1, maxLength: 1_000, description: 'The identifier at the source, percent-encoded' }),
})
/** `/api/v1/resources/{id}` and `/api/v1/sources/{source}/records`. */
export function addRecordRoutes(app: App, { records, maxLineBytes }: { records: RecordsService; maxLineBytes: number }): void {
  const tags = ['records']

  app.get(
    '/api/v1/resources/:id',
    {
      config: { access: 'read', hasEntityTag: true },
      schema: {
        tags,
        summary: 'Read a resource',
        params: ResourceParams,
        response: {
          200: {
            description: 'The resource',
            content: {
              'application/json': { schema: LearningResource },
              'application/ld+json': { schema: Type.Object({}, { description: 'schema.org JSON-LD' }) },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const type = chooseMediaType(request.headers.accept, ['application/json', 'application/ld+json'])
      if (!type) throw new ServerError('EDUFED_NOT_ACCEPTABLE', 'A resource is given as application/json or application/ld+json')
      const resource = await records.read(request.params.id, request.viewer)
      reply.header('vary', 'Accept').type(`${type}; charset=utf-8`)
      return reply.send(type === 'application/json' ? resource : toJsonLd(resource))
    },
  )

  app.get(
    '/api/v1/resources/:id/translations',
    {
      config: { access: 'read' },
      schema: {
        tags,
        summary: 'List the other forms of the work that a resource is a form of',
        description: 'Its original and its translations, as far as they may be seen: 20 at most.',
        params: ResourceParams,
        querystring: LabelQuery,
        response: { 200: Translations },
      },
    },
    async (request) => ({ translations: await records.translations(request.params.id, request.query.lang ?? 'zh-Hans', request.viewer) }),
  )

  app.put(
    '/api/v1/sources/:source/records/:identifier',
    {
      config: { access: 'records:write' },
      schema: {
        tags,
        summary: 'Write one record of a source',
        params: RecordParams,
        body: ResourceDraft,
        response: { 200: PushResult, 201: PushResult },
      },
    },
    async (request, reply) => {
      const { source, identifier } = request.params
      const target = await findSource(request, source)
      await records.assertIfMatch(request, target, identifier)
      const result = await records.put(target, { identifier, resource: request.body })
      const tag = await records.entityTagOf(result)
      if (tag) reply.header('etag', tag)
      return reply.code(result.outcome === 'created' ? 201 : 200).send(result)
    },
  )

  app.delete(
    '/api/v1/sources/:source/records/:identifier',
    {
      config: { access: 'records:write' },
      schema: { tags, summary: 'Say that a record is gone', params: RecordParams, response: { 200: PushResult } },
    },
    async (request) => {
      const { source, identifier } = request.params
      const target = await findSource(request, source)
      await records.assertIfMatch(request, target, identifier)
      return records.delete(target, identifier)
    },
  )

  app.register(async (scope: App) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser([ndjson, 'application/ndjson', 'application/jsonl'], (_request, payload, done) => done(null, payload))
    scope.post(
      '/api/v1/sources/:source/records',
      {
        config: { access: 'records:write', idempotency: 'off' },
        schema: {
          tags,
          summary: 'Push records as a stream: one PushRecord a line, answered by one PushResult a line',
          consumes: [ndjson],
          produces: [ndjson],
          params: SourceParams,
          response: { 200: { description: 'One result a line, in order', content: { [ndjson]: { schema: PushResult } } } },
        },
      },
      async (request, reply) => {
        if (!(request.body instanceof Readable)) {
          throw new ServerError('EDUFED_MEDIA_TYPE_UNSUPPORTED', `Records are pushed as ${ndjson}, one JSON object a line`)
        }
        const target = await findSource(request, request.params.source)
        const results = records.pushStream(target, request.body, { maxLineBytes, stallMs })
        reply.type(`${ndjson}; charset=utf-8`).header('cache-control', 'no-store')
        return reply.send(Readable.from(results, { objectMode: false, highWaterMark: unreadResultBytes }) as unknown as PushResult)
      },
    )
  })

  async function findSource(request: Pick<FastifyRequest, 'requireScope' | 'requireSource'>, id: string) {
    const caller = request.requireScope('records:write')
    const target = await records.findPushSource(id, caller)
    request.requireSource('records:write', target.ingest)
    return target
  }
}
