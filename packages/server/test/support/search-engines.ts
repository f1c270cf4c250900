import { randomBytes } from 'node:crypto'
import { createElasticsearchIndex, type ElasticsearchOptions } from '../../src/search/elasticsearch/index.js'
import type { SearchIndex } from '../../src/search/search-index.js'

export const elasticsearchUrl = process.env.EDUFED_TEST_ELASTICSEARCH_URL

/** A cluster of several nodes that a test may kill one of: `EDUFED_TEST_ELASTICSEARCH_NODES` is a list of `url=pid`, separated by commas. */
export const elasticsearchNodes = (process.env.EDUFED_TEST_ELASTICSEARCH_NODES ?? '')
  .split(',')
  .filter(Boolean)
  .map((node) => {
    const [url, pid] = node.split('=')
    return { url: url!, pid: Number(pid) }
  })

/** An empty index of an engine, for one test. */
export interface TestIndex {
  index: SearchIndex
  /** Makes what was written findable. */
  settle(): Promise<void>
  /** Closes it and removes everything it left. */
  remove(): Promise<void>
}

export type OpenTestIndex = () => Promise<TestIndex>

/** An index of its own prefix on the cluster that the environment names. */
export async function openElasticsearch(options: Partial<ElasticsearchOptions> = {}): Promise<TestIndex & { prefix: string }> {
  const prefix = options.indexPrefix ?? `test-${randomBytes(6).toString('hex')}`
  const index = createElasticsearchIndex({ nodes: [elasticsearchUrl!], replicas: 0, ...options, indexPrefix: prefix })
  await index.open()
  return {
    index,
    prefix,
    settle: async () => await index.refresh?.(),
    remove: async () => {
      await index.close()
      await removeElasticsearch(prefix)
    },
  }
}

/** Concrete indices of a prefix, for looking at what an adapter made. */
export async function elasticsearchIndices(prefix: string): Promise<string[]> {
  return Object.keys((await elasticsearch('GET', `/${prefix}-*/_alias`)) as object).sort()
}

/** A raw request to the cluster. */
export async function elasticsearch(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(new URL(path, elasticsearchUrl), {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return await response.json()
}

/** Removes the indices of a prefix, whoever made them. */
export async function removeElasticsearch(prefix: string): Promise<void> {
  for (const name of await elasticsearchIndices(prefix)) await elasticsearch('DELETE', `/${name}`)
  await elasticsearch('DELETE', `/_index_template/${prefix}-resources`)
}
