import type { Readable } from 'node:stream'
import type { DataStore } from '@tus/server'
import { ServerError } from '../../errors.js'

/** How long an upload may stay unfinished. */
export const unfinishedLifetimeMs = 7 * 24 * 3_600_000

/** What of tus is offered. Not `creation-defer-length`: a length that is told later could not be held against the key's limit. */
export const tusExtensions = ['creation', 'creation-with-upload', 'termination', 'expiration'] as const

/** Part of a file, in bytes; both ends belong to it. */
export interface ByteRange {
  start: number
  end: number
}

/** Port: where uploaded bytes are kept, each file under the id of its upload. */
export interface FileStore {
  readonly kind: 'folder' | 's3'
  /** Takes bytes by the tus protocol. A write that resolved can be gone on with after the process died. */
  readonly tus: DataStore
  /** The SHA-256 of a complete file, in hex, read in pieces. When it resolves, the file survives a loss of power. */
  digest(uploadId: string): Promise<string>
  /** The bytes of a complete file, or a part of them. @throws {ServerError} `EDUFED_FILE_NOT_FOUND` */
  read(uploadId: string, range?: ByteRange): Promise<Readable>
  /** Removes a file, complete or not; does nothing when it is gone. */
  remove(uploadId: string): Promise<void>
  close(): Promise<void>
}

/** Ids are made by the server; nothing else names a file. @throws {ServerError} `EDUFED_FILE_NOT_FOUND` */
export function assertUploadId(uploadId: string): void {
  if (!/^[\w-]{1,100}$/.test(uploadId)) throw new ServerError('EDUFED_FILE_NOT_FOUND', 'No file has this name')
}

/** True for what tus throws, a plain object, when an upload or its bytes are not there. */
export function isGone(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status_code' in error && (error.status_code === 404 || error.status_code === 410)
}
