import { Readable, type Transform } from 'node:stream'
import zlib from 'node:zlib'

/** Layers that are peeled off at most: a body compressed again and again is an attack. */
const maxLayers = 3

/**
 * Undoes the compression of a body. What the bytes look like goes before what the header says: servers name a compression
 * that they did not apply, apply one twice, or apply one without naming it.
 *
 * @returns The bytes as they were before compression; nothing more than the consumer asks for is inflated.
 */
export async function* decompress(body: AsyncIterable<Uint8Array>, contentEncoding: string | undefined): AsyncGenerator<Uint8Array> {
  const declared = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
  let current: AsyncIterable<Uint8Array> = body
  for (let layer = 0; layer < maxLayers; layer++) {
    const { head, rest } = await peek(current)
    const decoder = chooseDecoder(head, declared.pop())
    if (!decoder) {
      yield* rest
      return
    }
    current = inflate(rest, decoder)
  }
  yield* current
}

function chooseDecoder(head: Uint8Array, declared: string | undefined): Transform | undefined {
  const [first = 0, second = 0] = head
  if (first === 0x1f && second === 0x8b) return zlib.createGunzip()
  if (declared === undefined || head.length === 0 || isPlain(first, second)) return undefined
  if (declared === 'br') return zlib.createBrotliDecompress()
  if (declared !== 'deflate') return undefined
  const hasZlibHeader = (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0
  return hasZlibHeader ? zlib.createInflate() : zlib.createInflateRaw()
}

/** `<`, a byte order mark or white space before `<`: no compressed stream begins so. */
function isPlain(first: number, second: number): boolean {
  return (
    first === 0x3c || (first === 0xef && second === 0xbb) || ((first === 0x0a || first === 0x0d) && (second === 0x3c || second === 0x0a))
  )
}

async function* inflate(body: AsyncIterable<Uint8Array>, decoder: Transform): AsyncGenerator<Uint8Array> {
  const input = Readable.from(body, { objectMode: false })
  input.on('error', (error) => decoder.destroy(error))
  input.pipe(decoder)
  try {
    yield* decoder as AsyncIterable<Uint8Array>
  } finally {
    input.destroy()
    decoder.destroy()
  }
}

/** Reads until two bytes are there, and gives them back in front of the rest. */
async function peek(body: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
  const iterator = body[Symbol.asyncIterator]()
  let head: Uint8Array = new Uint8Array(0)
  let isDone = false
  while (head.length < 2 && !isDone) {
    const next = await iterator.next()
    isDone = next.done === true
    if (!next.done) head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  return { head, rest: prepend(head, iterator) }
}

async function* prepend(head: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  } finally {
    await iterator.return?.()
  }
}
