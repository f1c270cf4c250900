import type { SearchLogger } from '../search-logger.js'
import { largestFrom } from './page-cursor.js'

export interface ElasticsearchOptions {
  /** Addresses of one or several hosts of the cluster, e.g. `https://search-1.example.org:9200`. A host that is away is left out for a while. */
  nodes: readonly string[]
  /** API key (base64 of id:key). Comes before user name and password. */
  apiKey?: string
  username?: string
  password?: string
  /** PEM of the authority that signed the cluster's certificate, when it is not a public one. */
  caCertificate?: string
  /** First part of the names of all indices and templates of this node. @defaultValue `edufed` */
  indexPrefix?: string
  /** Primary shards of a new index; takes effect with the next reindex. @defaultValue 1, right up to some 20 million records */
  shards?: number
  /** Copies of each shard. @defaultValue 1; a cluster of one node stays `yellow` with it, which does no harm */
  replicas?: number
  /** How long a search or another small request may take. @defaultValue 10,000 */
  requestTimeoutMs?: number
  /** How long one bulk request may take. @defaultValue 60,000 */
  bulkTimeoutMs?: number
  /** Largest size of a bulk request, before compression. @defaultValue 1 MiB */
  bulkBytes?: number
  /** Most bulk requests under way at once. @defaultValue 2 */
  bulkConcurrency?: number
  /** How often a bulk request that the cluster is too busy for is sent again. @defaultValue 6 */
  bulkRetries?: number
  /** Compress requests: for clusters behind a slow network. @defaultValue false */
  compression?: boolean
  /** Behind so many works of a list, forms of one work stand apart. @defaultValue 9,899, the most that Elasticsearch counts off; less is for tests */
  largestFrom?: number
  logger?: SearchLogger
}

export type ResolvedElasticsearchOptions = Required<Omit<ElasticsearchOptions, 'apiKey' | 'username' | 'password' | 'caCertificate'>> &
  Pick<ElasticsearchOptions, 'apiKey' | 'username' | 'password' | 'caCertificate'>

const silent: SearchLogger = { info: () => {}, warn: () => {}, error: () => {} }

export function resolveElasticsearchOptions(options: ElasticsearchOptions): ResolvedElasticsearchOptions {
  return {
    ...options,
    indexPrefix: options.indexPrefix ?? 'edufed',
    shards: options.shards ?? 1,
    replicas: options.replicas ?? 1,
    requestTimeoutMs: options.requestTimeoutMs ?? 10_000,
    bulkTimeoutMs: options.bulkTimeoutMs ?? 60_000,
    bulkBytes: options.bulkBytes ?? 1024 * 1024,
    bulkConcurrency: options.bulkConcurrency ?? 2,
    bulkRetries: options.bulkRetries ?? 6,
    compression: options.compression ?? false,
    largestFrom: Math.min(options.largestFrom ?? largestFrom, largestFrom),
    logger: options.logger ?? silent,
  }
}
