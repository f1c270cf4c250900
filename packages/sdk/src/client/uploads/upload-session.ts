import type { UploadOptions as TusOptions, Upload as TusUpload } from 'tus-js-client'
import type { Upload } from '../../contract.js'
import { AbortError } from '../../errors/abort-error.js'
import { TimeoutError } from '../../errors/timeout-error.js'
import type { Connection } from '../connection.js'
import { type CallOptions, requestJson } from '../request.js'
import { toDelayMs } from '../retry.js'
import { toUrl } from '../url.js'
import { wait } from '../wait.js'
import { createFetchStack } from './fetch-stack.js'
import { toFingerprint } from './fingerprint.js'
import { openUploadBody, type UploadBody, type UploadInput } from './upload-body.js'
import { isTransientUploadError, toAnswerError, toUploadError } from './upload-error.js'
import { createUrlStorage } from './url-storage.js'

type Tus = typeof import('tus-js-client')

export interface UploadProgress {
  sentBytes: number
  /** Absent until a stream of unknown size has come to its end. */
  totalBytes?: number
}

export interface UploadOptions extends CallOptions {
  /** The source of the record that gets the file as an encoding; goes together with `recordIdentifier`. */
  sourceId?: string
  /** The identifier of that record at the source. */
  recordIdentifier?: string
  /** @default the name of the File */
  filename?: string
  /** Media type. @default the type of the Blob */
  filetype?: string
  /** Bytes of a stream, when they are known. */
  size?: number
  /** Bytes a request. @default 8388608 */
  chunkSize?: number
  /** How often a request is sent again without any progress in between. @default 8 */
  retries?: number
  onProgress?: (progress: UploadProgress) => void
  /** Node: a file that remembers unfinished uploads, so that a process started anew goes on with them. */
  resumeFile?: string
  /** A name for this very content, e.g. its digest; lets a stream or a nameless Blob be resumed after a restart. */
  fingerprint?: string
}

/** An upload under way. */
export interface UploadHandle {
  /** The finished upload. Rejects when it failed or was stopped. */
  readonly done: Promise<Upload>
  readonly progress: UploadProgress
  /** Stops sending; what the node has stays there. */
  pause(): void
  /** Goes on where the node says that it stopped. */
  resume(): void
  /** Stops for good and deletes what the node has. */
  abort(): Promise<void>
}

const longestFinishMs = 120_000

/** One upload by tus-js-client. Each resumption is a new object of theirs, so that a late answer to the old one cannot disturb it. */
export class UploadSession implements UploadHandle {
  readonly done: Promise<Upload>
  progress: UploadProgress = { sentBytes: 0 }
  readonly #connection: Connection
  readonly #input: UploadInput
  readonly #options: UploadOptions
  readonly #endpoint: string
  #state: 'running' | 'paused' | 'ended' = 'running'
  #tus: Tus | undefined
  #current: TusUpload | undefined
  #url: string | undefined
  #body: UploadBody | undefined
  #common: TusOptions = {}
  readonly #onAbort = () => this.#stop(this.#options.signal?.reason)
  #resolve!: (upload: Upload) => void
  #reject!: (error: unknown) => void

  constructor(connection: Connection, input: UploadInput, options: UploadOptions) {
    this.#connection = connection
    this.#input = input
    this.#options = options
    this.#endpoint = toUrl(connection.baseUrl, ['uploads']).href
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    const { signal } = options
    signal?.addEventListener('abort', this.#onAbort)
    if (signal?.aborted) this.#onAbort()
    void this.#begin()
  }

  pause(): void {
    if (this.#state !== 'running') return
    this.#state = 'paused'
    void this.#drop()
  }

  resume(): void {
    if (this.#state !== 'paused') return
    this.#state = 'running'
    if (this.#body) void this.#run()
  }

  async abort(): Promise<void> {
    if (this.#state === 'ended') return
    this.#stop()
    if (!this.#tus || this.#url === undefined) return
    try {
      await this.#tus.Upload.terminate(this.#url, this.#common)
    } catch (error) {
      throw toUploadError(error)
    }
    const stored = await this.#findStored()
    if (stored) await this.#common.urlStorage?.removeUpload(stored.urlStorageKey)
  }

  async #begin(): Promise<void> {
    try {
      const { sourceId, recordIdentifier, fingerprint, chunkSize = 2 ** 23, size, resumeFile } = this.#options
      const tus = await import('tus-js-client')
      const { fileReader, fingerprint: ofFileStream } = tus.defaultOptions
      const body = await openUploadBody(this.#input, chunkSize, size, (input, bytes) => fileReader.openFile(input, bytes))
      const name = await toFingerprint(this.#input, { endpoint: this.#endpoint, sourceId, recordIdentifier, fingerprint }, ofFileStream)
      this.#common = {
        ...this.#toTusOptions(),
        chunkSize,
        urlStorage: createUrlStorage(tus, resumeFile),
        fingerprint: async () => name as string,
        fileReader: { openFile: async () => body as never },
        uploadSize: body.size,
        uploadLengthDeferred: body.size === null,
        ...((this.#connection.hasOwnFetch || typeof XMLHttpRequest === 'undefined') && { httpStack: createFetchStack(this.#connection) }),
      }
      this.#tus = tus
      this.#body = body
      if (this.#state === 'running') await this.#run()
      else if (this.#state === 'ended') body.close()
    } catch (error) {
      this.#fail(error)
    }
  }

  #toTusOptions(): TusOptions {
    const { sourceId, recordIdentifier, filename, filetype } = this.#options
    const input = this.#input as Partial<File>
    return {
      endpoint: this.#endpoint,
      headers: { ...this.#connection.headers },
      metadata: {
        filename: filename ?? input.name ?? 'file',
        filetype: filetype || input.type || 'application/octet-stream',
        ...(sourceId !== undefined && { source: sourceId }),
        ...(recordIdentifier !== undefined && { record: recordIdentifier }),
      },
      removeFingerprintOnSuccess: true,
    }
  }

  async #run(): Promise<void> {
    try {
      const { retries = 8 } = this.#options
      const isCurrent = () => this.#current === upload && this.#state === 'running'
      const upload: TusUpload = new this.#tus!.Upload(this.#input as Blob, {
        ...this.#common,
        retryDelays: Array.from({ length: retries }, (_, attempt) => toDelayMs(undefined, attempt)),
        onBeforeRequest: () => {
          if (!isCurrent()) throw new AbortError('The upload was paused')
        },
        // tus-js-client would begin anew after any failed question for the offset, and lose what is there.
        onAfterResponse: (request, response) => {
          const status = response.getStatus()
          if (request.getMethod() === 'HEAD' && status >= 300 && ![404, 410, 423].includes(status)) throw toAnswerError(request, response)
        },
        onShouldRetry: (error, attempt, options) => {
          const typed = toUploadError(error)
          // An array of its own: the delay that the node asked for takes the place of ours.
          options.retryDelays![attempt] = toDelayMs(typed, attempt)
          return isCurrent() && isTransientUploadError(typed)
        },
        // Behind a proxy the node may not know its own address, and the key goes only where the client was pointed to.
        onUploadUrlAvailable: () => {
          upload.url = this.#url = `${this.#endpoint}/${toUploadId(upload.url!)}`
        },
        onProgress: (sentBytes, totalBytes: number | null) => {
          if (isCurrent()) this.#report(sentBytes, totalBytes)
        },
        onSuccess: () => {
          if (isCurrent()) void this.#finish()
        },
        onError: (error) => {
          if (isCurrent()) this.#fail(toUploadError(error))
        },
      })
      this.#current = upload
      const stored = await this.#findStored()
      if (stored) upload.resumeFromPreviousUpload(stored)
      else if (this.#url !== undefined) upload.url = this.#url
      if (isCurrent()) upload.start()
    } catch (error) {
      this.#fail(error)
    }
  }

  /** What is remembered of this upload, or of the same file from before a restart. */
  async #findStored() {
    const { urlStorage, fingerprint } = this.#common
    const name = await fingerprint?.(this.#input as File, this.#common)
    const stored = name ? await urlStorage!.findUploadsByFingerprint(name) : []
    return stored.find(({ uploadUrl, size }) =>
      this.#url === undefined ? uploadUrl?.startsWith(`${this.#endpoint}/`) && size === this.#body?.size : uploadUrl === this.#url,
    )
  }

  #report(sentBytes: number, totalBytes: number | null): void {
    this.progress = { sentBytes, ...(totalBytes !== null && { totalBytes }) }
    try {
      this.#options.onProgress?.(this.progress)
    } catch (error) {
      this.#fail(error)
    }
  }

  /** The node may still be counting the digest when the last byte is in. */
  async #finish(): Promise<void> {
    const { signal } = this.#options
    const path = ['uploads', toUploadId(this.#current!.url!)]
    const end = Date.now() + longestFinishMs
    try {
      for (let attempt = 0; this.#state !== 'ended'; attempt++) {
        const upload = await requestJson<Upload>(this.#connection, { path, ...(signal && { signal }) })
        if (upload.finishedAt !== undefined) return this.#end(() => this.#resolve(upload))
        if (Date.now() > end)
          throw new TimeoutError(`The node has every byte of the upload but did not finish it within ${longestFinishMs} ms`)
        await wait(toDelayMs(undefined, attempt), signal)
      }
    } catch (error) {
      this.#fail(error)
    }
  }

  #stop(reason?: unknown): void {
    // Whoever stops an upload need not listen for its end.
    this.done.catch(() => undefined)
    this.#fail(new AbortError('The upload was stopped', reason))
  }

  #fail(error: unknown): void {
    this.#end(() => this.#reject(error))
  }

  #end(settle: () => void): void {
    if (this.#state === 'ended') return
    this.#state = 'ended'
    settle()
    this.#options.signal?.removeEventListener('abort', this.#onAbort)
    this.#body?.close()
    void this.#drop()
  }

  async #drop(): Promise<void> {
    const upload = this.#current
    this.#current = undefined
    await upload?.abort()
  }
}

function toUploadId(url: string): string {
  const { pathname } = new URL(url)
  return decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1))
}
