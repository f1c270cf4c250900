import type { Readable } from 'node:stream'
import { S3, type S3ClientConfig } from '@aws-sdk/client-s3'
import { S3Store } from '@tus/s3-store'
import { ServerError } from '../../errors.js'
import type { Secret } from '../../secret.js'
import { type ByteRange, type FileStore, tusExtensions, unfinishedLifetimeMs } from './file-store.js'
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

/** Keeps files in a bucket of S3 or a service that speaks its language. @throws {Error} when the bucket cannot be reached. */
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
  readonly tus: S3Store
  readonly #client: S3
  readonly #bucket: string

  constructor(bucket: string, client: S3ClientConfig) {
    this.#bucket = bucket
    this.#client = new S3(client)
    // Expiry by tags is not offered by every S3; the node removes what expired itself.
    this.tus = new S3Store({ s3ClientConfig: { ...client, bucket }, useTags: false, expirationPeriodInMilliseconds: unfinishedLifetimeMs })
    this.tus.extensions = [...tusExtensions]
  }

  async assertBucket(): Promise<void> {
    await this.#client.headBucket({ Bucket: this.#bucket })
  }

  async digest(uploadId: string): Promise<string> {
    return sha256OfStream(await this.read(uploadId))
  }

  async read(uploadId: string, range?: ByteRange): Promise<Readable> {
    try {
      const answer = await this.#client.getObject({
        Bucket: this.#bucket,
        Key: uploadId,
        ...(range ? { Range: `bytes=${range.start}-${range.end}` } : {}),
      })
      return answer.Body as Readable
    } catch (error) {
      if (!isMissing(error)) throw error
      throw new ServerError('EDUFED_FILE_NOT_FOUND', `The bytes of ${uploadId} are not in the store`, { cause: error })
    }
  }

  async remove(uploadId: string): Promise<void> {
    const info = await this.#client.headObject({ Bucket: this.#bucket, Key: `${uploadId}.info` }).catch(ignoreMissing)
    const multipartId = info?.Metadata?.['upload-id']
    if (multipartId) {
      await this.#client.abortMultipartUpload({ Bucket: this.#bucket, Key: uploadId, UploadId: multipartId }).catch(ignoreMissing)
    }
    for (const key of [uploadId, `${uploadId}.part`, `${uploadId}.info`])
      await this.#client.deleteObject({ Bucket: this.#bucket, Key: key })
  }

  async close(): Promise<void> {
    this.#client.destroy()
  }
}

function ignoreMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && /^(NotFound|NoSuchKey|NoSuchUpload)$/.test(error.name)
}
