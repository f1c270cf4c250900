import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Server } from '@tus/server'
import { isServerError } from '../../errors.js'
import type { Caller } from '../../plugins/authentication.js'
import type { FileStore } from './file-store.js'
import type { UploadService } from './service.js'
import type { UploadLocker } from './upload-locker.js'
import type { UploadMetadata } from './upload-metadata.js'

/** An upload that was checked and may be created. */
export interface AdmittedUpload {
  caller: Caller
  metadata: UploadMetadata
  size: number
}

export interface TusServerOptions {
  service: UploadService
  files: FileStore
  locker: UploadLocker
  maxUploadBytes: number
  /** Path of the uploads as clients see it. */
  publicPath: string
  log: { error(context: object, message: string): void }
}

/** Speaks tus 1.0.0 for requests that the routes have admitted. */
export class TusServer {
  readonly #server: Server
  readonly #admitted = new WeakMap<IncomingMessage, AdmittedUpload>()

  constructor({ service, files, locker, maxUploadBytes, publicPath, log }: TusServerOptions) {
    this.#server = new Server({
      path: '/api/v1/uploads',
      datastore: files.tus,
      locker,
      maxSize: maxUploadBytes,
      namingFunction: () => randomUUID(),
      generateUrl: (_request, { id }) => `${publicPath}/${id}`,
      onUploadCreate: async (request, upload) => {
        const { caller, metadata, size } = this.#admitted.get(request.runtime?.node?.req as IncomingMessage)!
        await service.create(upload.id, caller, metadata, size)
        return {}
      },
      onUploadFinish: async (_request, upload) => {
        await service.finish(upload.id)
        return {}
      },
      onResponseError: (_request, error) => {
        if (isServerError(error)) return { status_code: error.status, body: `${error.code}: ${error.message}\n` }
        if (error instanceof Error) log.error({ err: error }, 'upload failed')
        return undefined
      },
    })
  }

  /** Answers the request; for a POST `admitted` says what may be created. */
  async handle(request: IncomingMessage, response: ServerResponse, admitted?: AdmittedUpload): Promise<void> {
    if (admitted) this.#admitted.set(request, admitted)
    await this.#server.handle(request, response)
  }
}
