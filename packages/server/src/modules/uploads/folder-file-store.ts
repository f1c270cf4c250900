import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { FileStore as TusFolder } from '@tus/file-store'
import { ServerError } from '../../errors.js'
import { assertUploadId, type ByteRange, type FileStore, isGone, tusExtensions, unfinishedLifetimeMs } from './file-store.js'
import { sha256OfStream } from './sha256-of-stream.js'

const pieceBytes = 1_048_576

/** Keeps files in a folder of this machine. @param directory - Made when it is not there. */
export async function openFolderFileStore(directory: string): Promise<FileStore> {
  await mkdir(directory, { recursive: true })
  return new FolderFileStore(directory)
}

class FolderFileStore implements FileStore {
  readonly kind = 'folder'
  readonly tus: TusFolder
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
    this.tus = new TusFolder({ directory, expirationPeriodInMilliseconds: unfinishedLifetimeMs })
    this.tus.extensions = [...tusExtensions]
  }

  async digest(uploadId: string): Promise<string> {
    const file = await open(this.#pathOf(uploadId), 'r+').catch((error: unknown) => {
      throw missing(error, uploadId)
    })
    try {
      await file.sync()
    } finally {
      await file.close()
    }
    await syncFolder(this.#directory)
    return sha256OfStream(await this.read(uploadId))
  }

  async read(uploadId: string, range?: ByteRange): Promise<Readable> {
    const file = await open(this.#pathOf(uploadId), 'r').catch((error: unknown) => {
      throw missing(error, uploadId)
    })
    return createReadStream('', { fd: file, highWaterMark: pieceBytes, ...range })
  }

  async remove(uploadId: string): Promise<void> {
    await this.tus.remove(uploadId).catch((error: unknown) => {
      if (!isGone(error)) throw error
    })
  }

  async close(): Promise<void> {}

  #pathOf(uploadId: string): string {
    assertUploadId(uploadId)
    return join(this.#directory, uploadId)
  }
}

/** Makes the names in a folder survive a loss of power, where the system can. */
async function syncFolder(directory: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(directory, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function missing(error: unknown, uploadId: string): unknown {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  return isMissing ? new ServerError('EDUFED_FILE_NOT_FOUND', `The bytes of ${uploadId} are not in the store`, { cause: error }) : error
}
