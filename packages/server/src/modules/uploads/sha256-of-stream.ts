import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'

/** The SHA-256 of all bytes of a stream, in hex; holds one piece at a time. */
export async function sha256OfStream(stream: Readable): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of stream as AsyncIterable<Uint8Array>) hash.update(piece)
  return hash.digest('hex')
}
