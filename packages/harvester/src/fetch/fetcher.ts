/** What a connector may ask of the network: guarded, polite requests, one at a time a host unless more were allowed. */
export interface Fetcher {
  /**
   * Gets an address. Follows redirects, waits out Retry-After, repeats what may be repeated, and refuses private addresses unless they were allowed.
   *
   * @returns The answer with any HTTP status; the body is bounded by `maxBytes` and is read as it is consumed.
   * @throws {HarvestError} `EDUFED_FETCH_…` when there is no answer.
   */
  get(url: string, options: FetchOptions): Promise<FetchResponse>
  /** Closes the connections that are kept open for the next request. */
  close?(): void
}

export interface FetchOptions {
  signal: AbortSignal
  accept?: string
  headers?: Record<string, string>
  /** POST this form instead of GET. */
  form?: Record<string, string>
  /** @default 64 MiB */
  maxBytes?: number
  /** Whole request, body included; the time in which the caller does not read does not count. @default 120_000 */
  timeoutMs?: number
  /** HTTP statuses that are tried again before they are handed back. @default 408, 425, 429, 500, 502, 503, 504 */
  retryStatuses?: readonly number[]
  /** So many requests at a time, at most 8, may go to the host of this one from now on. @default what the fetcher was made with */
  parallel?: number
  /** User name and password for HTTP basic authentication; not sent to another host after a redirect. */
  basicAuth?: { username: string; password: string }
}

export interface FetchResponse {
  /** Address after redirects. */
  url: string
  status: number
  headers: Record<string, string | string[] | undefined>
  /** Decompressed bytes. Throws `EDUFED_FETCH_TRUNCATED` when the body ends early and `EDUFED_FETCH_TOO_LARGE` above `maxBytes`. */
  body: AsyncIterable<Uint8Array>
}
