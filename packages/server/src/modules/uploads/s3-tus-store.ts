import { Readable } from 'node:stream'
import { type Options, S3Store } from '@tus/s3-store'
import type { Upload } from '@tus/server'
import { isMissingInS3, toS3Fault } from './s3-faults.js'

/** What several processes write to is asked for each time: an answer kept here would outlive its upload. */
const noCache: NonNullable<Options['cache']> = {
  get: async () => undefined,
  set: async () => {},
  delete: async () => {},
}

/** tus on S3, also when other processes share the bucket, when S3 is away for a while, and when a process dies between two requests to it. */
export class S3TusStore extends S3Store {
  constructor(options: Omit<Options, 'cache'>) {
    super({ ...options, cache: noCache })
  }

  /** An empty file is complete as soon as it is made: no bytes will come that could complete it. */
  override async create(upload: Upload): Promise<Upload> {
    const created = await told(super.create(upload))
    if (upload.size === 0) await this.write(Readable.from([]), upload.id, 0)
    return created
  }

  override write(source: Readable, id: string, offset: number): Promise<number> {
    return told(super.write(source, id, offset))
  }

  /** @throws what tus throws for an upload that is not there; {@link ServerError} `EDUFED_UNAVAILABLE` when nobody can say. */
  override async getUpload(id: string): Promise<Upload> {
    try {
      return await super.getUpload(id)
    } catch (error) {
      // Whatever went wrong while it was looked for is told as "not found", and a client would begin again.
      await told(this.client.headObject({ Bucket: this.bucket, Key: this.infoKey(id) })).catch((cause: unknown) => {
        if (!isMissingInS3(cause)) throw cause
      })
      throw toS3Fault(error)
    }
  }

  /** Puts the parts of a file together whose process died behind the last one. @returns false when not all of its bytes are there. */
  async complete(id: string): Promise<boolean> {
    try {
      const metadata = await this.getMetadata(id)
      const parts = await this.retrieveParts(id)
      const received = parts.reduce((sum, part) => sum + (part.Size ?? 0), 0)
      if (received !== metadata.file.size) return false
      await this.finishMultipartUpload(metadata, parts)
      return true
    } catch (error) {
      if (isMissingInS3(error)) return false
      throw toS3Fault(error)
    }
  }
}

async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw toS3Fault(error)
  }
}
