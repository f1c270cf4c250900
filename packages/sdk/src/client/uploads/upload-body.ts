import { UsageError } from '../../errors/usage-error.js'

/** What can be uploaded. A Node stream is an `AsyncIterable`; `fs.createReadStream(path)` can be resumed after a restart. */
export type UploadInput = Blob | Uint8Array | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>

/** A piece of a file; `size` is what tus-js-client looks at. */
export type UploadPiece = Blob | (Uint8Array<ArrayBuffer> & { size: number })

/** A file as tus-js-client reads it. */
export interface UploadBody {
  /** Bytes; null when a stream did not say. */
  readonly size: number | null
  slice(start: number, end: number): Promise<{ value: UploadPiece; done: boolean }>
  close(): void
}

/** Opens a path's stream with its size and from any offset; the one of tus-js-client, which knows the file system. */
export type OpenFile = (
  input: unknown,
  chunkSize: number,
) => Promise<{
  size: number
  slice(start: number, end: number): Promise<{ value: AsyncIterable<Uint8Array> }>
  close(): void
}>

export async function openUploadBody(
  input: UploadInput,
  chunkSize: number,
  size: number | undefined,
  openFile: OpenFile,
): Promise<UploadBody> {
  if (input instanceof Blob) return fromSlices(input.size, async (start, end) => input.slice(start, end))
  if (input instanceof Uint8Array) return fromSlices(input.length, async (start, end) => toPiece(input.subarray(start, end)))
  if (isFileStream(input)) {
    const file = await openFile(input, chunkSize)
    const read = async (start: number, end: number) => {
      const reader = createPieceReader((await file.slice(start, end)).value)
      return toPiece(await reader.read(end - start))
    }
    return fromSlices(file.size, read, () => file.close())
  }
  return fromStream(input, size ?? null)
}

/** True for a Node stream over a path, whose bytes can be read again. */
export function isFileStream(input: object): boolean {
  return 'pipe' in input && 'path' in input && typeof input.path === 'string'
}

function fromSlices(size: number, read: (start: number, end: number) => Promise<UploadPiece>, close = () => {}): UploadBody {
  return {
    size,
    close,
    async slice(start, end) {
      const last = Math.min(end, size)
      const value = await read(start, last)
      if (value.size < last - start) throw new UsageError('The file became shorter while it was uploaded')
      return { value, done: end >= size }
    },
  }
}

/** Keeps the piece last read, for the case that it has to be sent again. */
function fromStream(input: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>, size: number | null): UploadBody {
  const reader = createPieceReader(input)
  let piece = new Uint8Array(0)
  let position = 0
  return {
    size,
    close: () => reader.cancel(),
    async slice(start, end) {
      if (start < position) throw new UsageError('The stream cannot be read again from its beginning; upload a file or a Blob instead')
      while (start >= position + piece.length && !reader.isDone()) {
        position += piece.length
        // What the node has already, from before a restart, is skipped.
        piece = await reader.read(Math.min(Math.max(start - position, 0) || end - start, end - start))
      }
      const last = position + piece.length
      const isDone = reader.isDone() && end >= last
      if (size !== null && (isDone ? last < size : end >= size))
        throw new UsageError(`The stream has ${isDone ? 'fewer' : 'more'} bytes than its \`size\`, ${size}`)
      return { value: toPiece(piece.subarray(start - position, end - position)), done: isDone }
    },
  }
}

interface PieceReader {
  /** As many bytes as asked for; fewer only at the end. */
  read(length: number): Promise<Uint8Array<ArrayBuffer>>
  /** True when nothing follows what was read. */
  isDone(): boolean
  cancel(): void
}

function createPieceReader(input: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>): PieceReader {
  const source = 'getReader' in input ? fromReader(input.getReader()) : input[Symbol.asyncIterator]()
  let rest: Uint8Array = new Uint8Array(0)
  let isDone = false
  let failure: UsageError | undefined
  const next = async () => {
    try {
      return await source.next()
    } catch (error) {
      // A failed iterator says "done" when asked again, and half a file would pass for the whole.
      failure = new UsageError('The file could not be read', error)
      throw failure
    }
  }
  const fill = async () => {
    while (rest.length === 0 && !isDone) {
      if (failure) throw failure
      const { done, value } = await next()
      if (done) isDone = true
      else if (!((value as unknown) instanceof Uint8Array)) throw new UsageError('The stream must give bytes, not text or objects')
      else rest = value
    }
  }
  return {
    async read(length) {
      const piece = new Uint8Array(length)
      let filled = 0
      await fill()
      while (filled < length && rest.length > 0) {
        const taken = rest.subarray(0, length - filled)
        piece.set(taken, filled)
        filled += taken.length
        rest = rest.subarray(taken.length)
        await fill()
      }
      return piece.subarray(0, filled)
    },
    isDone: () => isDone && rest.length === 0,
    cancel: () => void Promise.resolve(source.return?.()).catch(() => undefined),
  }
}

/** Not every browser can iterate over a ReadableStream. */
function fromReader(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncIterator<Uint8Array> {
  return {
    next: async () => {
      const { done, value } = await reader.read()
      return done ? { done, value: undefined } : { done, value }
    },
    return: async () => {
      await reader.cancel()
      return { done: true, value: undefined }
    },
  }
}

function toPiece(bytes: Uint8Array): UploadPiece {
  return Object.assign(bytes as Uint8Array<ArrayBuffer>, { size: bytes.length })
}
