import type { Readable } from 'node:stream'
import { S3, type S3ClientConfig } from '@aws-sdk/client-s3'
import { isServerError, ServerError } from '../../errors.js'
import type { Secret } from '../../secret.js'
import { assertUploadId, type ByteRange, type FileStore, tusExtensions, unfinishedLifetimeMs } from './file-store.js'
import { isMissingInS3, toS3Fault } from './s3-faults.js'
import { S3TusStore } from './s3-tus-store.js'
import { sha256OfStream } from './sha256-of-stream.js'

export interface S3FileStoreOptions {
  bucket: string
  region: string
  /** Without it: AWS of `region`. */
  endpoint?: string
  /** Without both: the machine's own identity. */
  accessKeyId?: string
  secretAccessKey?: Secret
}

/**
 * Keeps files in a bucket of S3 or a service that speaks its language.
 *
 * @throws {ServerError} `EDUFED_CONFIG_INVALID` when there is no such bucket or it may not be used, `EDUFED_UNAVAILABLE` when nothing answers.
 */
export async function openS3FileStore(options: S3FileStoreOptions): Promise<FileStore> {
  const { accessKeyId, secretAccessKey } = options
  const client: S3ClientConfig = {
    region: options.region,
    ...(options.endpoint ? { endpoint: options.endpoint, forcePathStyle: true } : {}),
    ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey: secretAccessKey.reveal() } } : {}),
  }
  const store = new S3FileStore(options.bucket, client)
  await store.assertBucket()
  return store
}

class S3FileStore implements FileStore {
  readonly kind = 's3'
  readonly tus: S3TusStore
  readonly #client: S3
  readonly #bucket: string

  constructor(bucket: string, client: S3ClientConfig) {
    this.#bucket = bucket
    this.#client = new S3(client)
    // Expiry by tags is not offered by every S3; the node removes what expired itself.
    this.tus = new S3TusStore({
      s3ClientConfig: { ...client, bucket },
      useTags: false,
      expirationPeriodInMilliseconds: unfinishedLifetimeMs,
    })
    this.tus.extensions = [...tusExtensions]
  }

  async assertBucket(): Promise<void> {
    try {
      await this.#client.headBucket({ Bucket: this.#bucket })
    } catch (error) {
      const fault = toS3Fault(error)
      if (fault !== error) throw fault
      const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
      const what = isMissingInS3(error) ? 'There is no bucket' : `Without access (${status ?? String(error)}) to the bucket`
      throw new ServerError('EDUFED_CONFIG_INVALID', `${what} '${this.#bucket}' that S3_BUCKET names`, { cause: error })
    }
  }

  async digest(uploadId: string): Promise<string> {
    const bytes = await this.read(uploadId).catch(async (error: unknown) => {
      if (!isServerError(error) || error.code !== 'EDUFED_FILE_NOT_FOUND' || !(await this.tus.complete(uploadId))) throw error
      return this.read(uploadId)
    })
    return sha256OfStream(bytes)
  }

  async read(uploadId: string, range?: ByteRange): Promise<Readable> {
    assertUploadId(uploadId)
    try {
      const answer = await this.#client.getObject({
        Bucket: this.#bucket,
        Key: uploadId,
        ...(range ? { Range: `bytes=${range.start}-${range.end}` } : {}),
      })
      return answer.Body as Readable
    } catch (error) {
      if (!isMissingInS3(error)) throw toS3Fault(error)
      throw new ServerError('EDUFED_FILE_NOT_FOUND', `The bytes of ${uploadId} are not in the store`, { cause: error })
    }
  }

  async remove(uploadId: string): Promise<void> {
    try {
      await this.#remove(uploadId)
    } catch (error) {
      throw toS3Fault(error)
    }
  }

  async close(): Promise<void> {
    this.#client.destroy()
  }

  async #remove(uploadId: string): Promise<void> {
    const info = await this.#client.headObject({ Bucket: this.#bucket, Key: `${uploadId}.info` }).catch(ignoreMissing)
    const multipartId = info?.Metadata?.['upload-id']
    if (multipartId) {
      await this.#client.abortMultipartUpload({ Bucket: this.#bucket, Key: uploadId, UploadId: multipartId }).catch(ignoreMissing)
    }
    // What names the upload goes last, so that a removal that broke off can be made again.
    for (const key of [uploadId, `${uploadId}.part`, `${uploadId}.info`])
      await this.#client.deleteObject({ Bucket: this.#bucket, Key: key })
  }
}

function ignoreMissing(error: unknown): undefined {
  if (!isMissingInS3(error)) throw error
}
