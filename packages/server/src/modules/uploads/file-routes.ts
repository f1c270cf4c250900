import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { App } from '../../app-instance.js'
import type { CatalogStore } from '../../catalog/catalog-store.js'
import { ServerError } from '../../errors.js'
import { parseByteRange } from './byte-range.js'
import { toContentDisposition } from './content-disposition.js'
import type { FileStore } from './file-store.js'
import type { UploadRow, UploadStore } from './upload-store.js'

const FileParams = Type.Object({ sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the content, in hex' }) })

/** Adds the route that serves finished files by their digest. */
export function addFileRoutes(
  app: App,
  { uploads, files, catalog }: { uploads: UploadStore; files: FileStore; catalog: CatalogStore },
): void {
  app.route({
    // An own HEAD: the one that Fastify makes of a GET would read the whole file.
    method: ['GET', 'HEAD'],
    url: '/api/v1/files/:sha256',
    config: { access: 'read' },
    schema: { tags: ['uploads'], summary: 'Get an uploaded file, or a part of it', params: FileParams },
    handler: async (request, reply) => {
      const { sha256 } = request.params
      const file = await uploads.findFile(sha256)
      const upload = file && (await findVisible(request, await uploads.listBySha256(sha256)))
      if (!file || !upload) throw new ServerError('EDUFED_FILE_NOT_FOUND', `No file with the SHA-256 ${sha256} is shown to you`)
      const size = Number(file.size)
      const etag = `"${sha256}"`
      reply.headers({
        etag,
        'accept-ranges': 'bytes',
        'cache-control': `${isOpenToAll(request) ? 'public' : 'private'}, max-age=31536000, immutable`,
        'content-type': upload.filetype,
        'content-disposition': toContentDisposition(upload.filetype, upload.filename),
        'x-content-type-options': 'nosniff',
        'content-security-policy':
          upload.filetype === 'application/pdf' ? "default-src 'none'; object-src 'self'" : "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'cross-origin',
      })
      if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send()
      const ifRange = request.headers['if-range']
      const range = ifRange !== undefined && ifRange !== etag ? 'whole' : parseByteRange(request.headers.range, size)
      if (range === 'none') return reply.code(416).header('content-range', `bytes */${size}`).type('text/plain').send('')
      const [start, end] = range === 'whole' ? [0, size - 1] : [range.start, range.end]
      if (range !== 'whole') reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`)
      reply.header('content-length', String(end - start + 1))
      if (request.method === 'HEAD') return reply.send()
      return reply.send(size === 0 ? '' : await files.read(file.upload_id, { start, end }))
    },
  })

  /**
   * The upload through which the caller may see the file: one of a record that it may see, one that belongs to no record
   * (whoever knows the address may have it), or its own.
   */
  async function findVisible(request: FastifyRequest, rows: readonly UploadRow[]): Promise<UploadRow | undefined> {
    const { viewer, caller } = request
    for (const row of rows) {
      if (viewer.sees === 'everything' || row.source_id === null || row.record_identifier === null || row.api_key_id === caller?.keyId)
        return row
      const record = await catalog.findRecord(row.source_id, row.record_identifier)
      if (record?.state === 'active' && viewer.sees.includes(record.visibleTo)) return row
    }
    return undefined
  }
}

function isOpenToAll(request: FastifyRequest): boolean {
  return request.caller === undefined
}
