import type { FetchResponse } from './fetcher.js'

/** Reads the body to its end, within the limit that was given to the request. */
export async function readBody(response: Pick<FetchResponse, 'body'>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of response.body) chunks.push(chunk)
  return Buffer.concat(chunks)
}
