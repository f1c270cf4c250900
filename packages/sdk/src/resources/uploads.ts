import type { Connection } from '../client/connection.js'
import { type CallOptions, requestJson } from '../client/request.js'
import type { UploadInput } from '../client/uploads/upload-body.js'
import { type UploadHandle, type UploadOptions, UploadSession } from '../client/uploads/upload-session.js'
import type { Upload } from '../contract.js'

export interface UploadsApi {
  /**
   * Uploads a file in pieces; a broken connection goes on where it stopped.
   *
   * The same file started again after a page reload goes on, too (a `File`; in Node a file stream with `resumeFile`). A fired `signal` stops
   * the upload and leaves what the node has, for another time.
   */
  start(input: UploadInput, options?: UploadOptions): UploadHandle
  /** @throws {NotFoundError} */
  get(id: string, options?: CallOptions): Promise<Upload>
}

export function createUploadsApi(connection: Connection): UploadsApi {
  return {
    start: (input, options = {}) => new UploadSession(connection, input, options),
    get: (id, options) => requestJson(connection, { path: ['uploads', id], ...options }),
  }
}
