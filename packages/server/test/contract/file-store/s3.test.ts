import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { Upload } from '@tus/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileStore } from '../../../src/modules/uploads/index.js'
import { type CuttableProxy, startCuttableProxy } from '../../support/cuttable-proxy.js'
import { createBucket, openBucket, s3Endpoint } from '../../support/file-stores.js'

describe.skipIf(!s3Endpoint)(s3Endpoint ? 'files in S3' : 'files in S3 (skipped: no S3)', () => {
  let place: Awaited<ReturnType<typeof createBucket>>
  let proxy: CuttableProxy
  let store: FileStore

  beforeAll(async () => {
    place = await createBucket()
    proxy = await startCuttableProxy(s3Endpoint!)
    store = await openBucket(place.bucket, proxy.url)
  })
  afterAll(async () => {
    await store?.close()
    await proxy?.close()
    await place?.remove()
  })

  const begin = async (size: number) => {
    const id = randomUUID()
    await store.tus.create(new Upload({ id, size, offset: 0 }))
    return id
  }

  it('says which bucket is not there when it is opened', async () => {
    await expect(openBucket('edufed-no-such-bucket')).rejects.toMatchObject({
      code: 'EDUFED_CONFIG_INVALID',
      message: "There is no bucket 'edufed-no-such-bucket' that S3_BUCKET names",
    })
  })

  it('puts a file together whose process died behind the last byte', async () => {
    const bytes = randomBytes(6 * 1_048_576)
    const id = await begin(bytes.length)
    const info = await place.s3.headObject({ Bucket: place.bucket, Key: `${id}.info` })
    const UploadId = info.Metadata!['upload-id']!
    const part = { Bucket: place.bucket, Key: id, UploadId }
    await place.s3.uploadPart({ ...part, PartNumber: 1, Body: bytes.subarray(0, 5_242_880) })
    await expect(store.digest(id)).rejects.toMatchObject({ code: 'EDUFED_FILE_NOT_FOUND' })
    await place.s3.uploadPart({ ...part, PartNumber: 2, Body: bytes.subarray(5_242_880) })
    expect((await store.tus.getUpload(id)).offset).toBe(bytes.length)
    expect(await store.digest(id)).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it('never takes an S3 that is away for an upload that is not there', async () => {
    const id = await begin(1_000)
    const away = { code: 'EDUFED_UNAVAILABLE', retryAfterSeconds: 5 }
    await proxy.cut()
    try {
      await expect(store.tus.getUpload(id)).rejects.toMatchObject(away)
      await expect(store.tus.write(Readable.from([Buffer.alloc(10)]), id, 0)).rejects.toMatchObject(away)
      await expect(store.read(id)).rejects.toMatchObject(away)
      await expect(store.digest(id)).rejects.toMatchObject(away)
      await expect(store.remove(id)).rejects.toMatchObject(away)
      await expect(openBucket(place.bucket, proxy.url)).rejects.toMatchObject(away)
    } finally {
      await proxy.restore()
    }
    expect((await store.tus.getUpload(id)).offset).toBe(0)
  })
})
