import { Client } from '@elastic/elasticsearch'
import type { ResolvedElasticsearchOptions } from './options.js'
import { toSearchError } from './unavailable.js'

/**
 * A client for the hosts named; which of them answers is the client's matter.
 *
 * @param requestTimeoutMs - The longest that any request of this client may take: a single request can only shorten it.
 */
export function createConnection(options: ResolvedElasticsearchOptions, requestTimeoutMs: number): Client {
  return new Client({
    nodes: [...options.nodes],
    requestTimeout: requestTimeoutMs,
    // Enough to reach a host that lives when one or two do not; waiting for a cluster to come back is the caller's matter.
    maxRetries: Math.min(options.nodes.length, 3),
    compression: options.compression,
    name: options.indexPrefix,
    ...(options.apiKey
      ? { auth: { apiKey: options.apiKey } }
      : options.username
        ? { auth: { username: options.username, password: options.password ?? '' } }
        : {}),
    ...(options.caCertificate ? { tls: { ca: options.caCertificate } } : {}),
  })
}

/** Runs a call of the client; its errors become ours. */
export async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw toSearchError(error)
  }
}
