import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { S3 } from '@aws-sdk/client-s3'
import { type FileStore, openFolderFileStore, openS3FileStore } from '../../src/modules/uploads/index.js'
import { Secret } from '../../src/secret.js'

export const s3Endpoint = process.env.EDUFED_TEST_S3_ENDPOINT
export const s3Credentials = { accessKeyId: 'edufed-test', secretAccessKey: 'edufed-test-secret' }

/** An empty place for files, opened by any number of processes, gone after `remove`. */
export interface TestFilePlace {
  open(): Promise<FileStore>
  /** Names of everything that is kept there. */
  list(): Promise<string[]>
  remove(): Promise<void>
}

/** The stores to run the contract suite against; S3 only when EDUFED_TEST_S3_ENDPOINT is set. */
export const fileStores: { title: string; isSkipped: boolean; createPlace: () => Promise<TestFilePlace> }[] = [
  { title: 'a folder', isSkipped: false, createPlace: createFolderPlace },
  { title: s3Endpoint ? 'S3' : 'S3 (skipped: no S3)', isSkipped: !s3Endpoint, createPlace: createS3Place },
]

/** Talks to the S3 of the tests itself, to look at what the adapter left there. */
export function createS3Client(): S3 {
  return new S3({ region: 'us-east-1', endpoint: s3Endpoint!, forcePathStyle: true, credentials: s3Credentials })
}

/** An empty bucket; `remove` takes it away with all that is in it. */
export async function createBucket(): Promise<{ bucket: string; s3: S3; list(): Promise<string[]>; remove(): Promise<void> }> {
  const s3 = createS3Client()
  const bucket = `edufed-test-${randomBytes(6).toString('hex')}`
  await s3.createBucket({ Bucket: bucket })
  const list = async () => {
    const objects = ((await s3.listObjectsV2({ Bucket: bucket })).Contents ?? []).map(({ Key }) => Key!)
    const unfinished = ((await s3.listMultipartUploads({ Bucket: bucket })).Uploads ?? []).map(({ Key }) => `${Key} (unfinished)`)
    return [...objects, ...unfinished]
  }
  return {
    bucket,
    s3,
    list,
    remove: async () => {
      for (const { Key, UploadId } of (await s3.listMultipartUploads({ Bucket: bucket })).Uploads ?? []) {
        await s3.abortMultipartUpload({ Bucket: bucket, Key: Key!, UploadId: UploadId! })
      }
      for (const { Key } of (await s3.listObjectsV2({ Bucket: bucket })).Contents ?? [])
        await s3.deleteObject({ Bucket: bucket, Key: Key! })
      await s3.deleteBucket({ Bucket: bucket })
      s3.destroy()
    },
  }
}

/** Opens a bucket of the S3 of the tests, or of a proxy before it. */
export function openBucket(bucket: string, endpoint = s3Endpoint!): Promise<FileStore> {
  const { accessKeyId, secretAccessKey } = s3Credentials
  return openS3FileStore({ bucket, region: 'us-east-1', endpoint, accessKeyId, secretAccessKey: new Secret(secretAccessKey) })
}

async function createS3Place(): Promise<TestFilePlace> {
  const { bucket, list, remove } = await createBucket()
  return { open: () => openBucket(bucket), list, remove }
}

async function createFolderPlace(): Promise<TestFilePlace> {
  const folder = await mkdtemp(join(tmpdir(), 'edufed-files-'))
  return {
    open: () => openFolderFileStore(folder),
    list: () => readdir(folder),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
