import { Upload } from '@edufed/sdk/schemas'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { App } from '../../app-instance.js'
import { ServerError } from '../../errors.js'
import type { SourceDirectory } from '../records/index.js'
import type { UploadService } from './service.js'
import type { AdmittedUpload, TusServer } from './tus-server.js'
import { parseUploadMetadata } from './upload-metadata.js'
import type { UploadRow } from './upload-store.js'

const path = '/api/v1/uploads'
const tags = ['uploads']
const UploadParams = Type.Object({ id: Type.String({ maxLength: 100 }) })
const config = { access: 'uploads:write', idempotency: 'off' } as const

export interface UploadRoutesOptions {
  service: UploadService
  tus: TusServer
  sources: SourceDirectory
  maxUploadBytes: number
}

/** Adds the tus routes, and the one that tells what became of an upload. */
export function addUploadRoutes(parent: App, { service, tus, sources, maxUploadBytes }: UploadRoutesOptions): void {
  parent.register(async (app: App) => {
    // tus reads the body itself, whatever it is called.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, _payload, done) => done(null))
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('tus-resumable', '1.0.0')
    })

    app.options(path, { config: { access: 'anyone' }, schema: { hide: true } }, async (request, reply) => pass(request, reply))

    app.post(
      path,
      { config, schema: { tags, summary: 'Begin an upload (tus 1.0.0)', description: 'See https://tus.io/protocols/resumable-upload' } },
      async (request, reply) => pass(request, reply, await admit(request)),
    )

    app.get(
      `${path}/:id`,
      {
        config,
        exposeHeadRoute: false,
        schema: { tags, summary: 'Read what became of an upload', params: UploadParams, response: { 200: Upload } },
      },
      async (request) => service.toDocument(await own(request)),
    )

    app.head(
      `${path}/:id`,
      { config, schema: { tags, summary: 'Ask how far an upload has got (tus 1.0.0)', params: UploadParams } },
      async (request, reply) => {
        const row = await own(request)
        // The process may have died behind the last byte.
        if (row.finished_at === null && (await service.offset(row)) === Number(row.size)) await service.finish(row.id)
        else if (row.finished_at === null) return pass(request, reply)
        return reply.headers({ 'cache-control': 'no-store', 'upload-offset': String(row.size), 'upload-length': String(row.size) }).send()
      },
    )

    app.patch(
      `${path}/:id`,
      { config, schema: { tags, summary: 'Send bytes of an upload (tus 1.0.0)', params: UploadParams } },
      async (request, reply) => {
        const row = await own(request)
        if (row.finished_at === null) return pass(request, reply)
        // The answer to the last part was lost on its way: say again that it is all there.
        const isRepeat = request.headers['upload-offset'] === String(row.size) && Number(request.headers['content-length'] ?? 0) === 0
        return reply
          .code(isRepeat ? 204 : 409)
          .header('upload-offset', String(row.size))
          .send()
      },
    )

    app.delete(
      `${path}/:id`,
      { config, schema: { tags, summary: 'Remove an upload (tus 1.0.0)', params: UploadParams } },
      async (request, reply) => {
        const gone = new AbortController()
        request.raw.once('aborted', () => gone.abort())
        await service.remove(await own(request), gone.signal)
        return reply.code(204).send()
      },
    )
  })

  function own(request: FastifyRequest): Promise<UploadRow> {
    return service.own((request.params as { id: string }).id, request.requireScope('uploads:write'))
  }

  /** @throws {ServerError} for what may not be uploaded by this key. */
  async function admit(request: FastifyRequest): Promise<AdmittedUpload> {
    const caller = request.requireScope('uploads:write')
    const size = readLength(request.headers['upload-length'])
    const limit = Math.min(caller.maxUploadBytes ?? maxUploadBytes, maxUploadBytes)
    if (size > limit) throw new ServerError('EDUFED_UPLOAD_TOO_LARGE', `The file has ${size} bytes; this key may upload ${limit}`)
    const metadata = parseUploadMetadata(request.headers['upload-metadata'] as string | undefined)
    if (metadata.sourceId !== undefined) {
      const source = await sources.findSource(metadata.sourceId)
      if (!source) throw new ServerError('EDUFED_SOURCE_NOT_FOUND', `There is no source '${metadata.sourceId}'`)
      const { id, memberId } = source.ingest
      request.requireSource('uploads:write', { id, ...(memberId === undefined ? {} : { memberId }) })
    } else if (caller.sourceIds) {
      throw new ServerError('EDUFED_SOURCE_FORBIDDEN', 'This key is for certain sources: the upload must name one of them, with a record')
    }
    return { caller, metadata, size }
  }

  async function pass(request: FastifyRequest, reply: FastifyReply, admitted?: AdmittedUpload): Promise<void> {
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value)
    await tus.handle(request.raw, reply.raw, admitted)
  }
}

function readLength(header: string | string[] | undefined): number {
  const size = typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined
  if (size === undefined) throw new ServerError('EDUFED_UPLOAD_LENGTH_REQUIRED', 'Upload-Length is missing or not a number of bytes')
  return size
}
