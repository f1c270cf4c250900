import type { FetchResponse } from './fetcher.js'

/** Gives up a body that is not wanted, so that the next request to the host need not wait for it. */
export async function discardBody(response: Pick<FetchResponse, 'body'>): Promise<void> {
  for await (const _ of response.body) break
}
