import { afterEach, describe, expect, it } from 'vitest'
import type { ElasticsearchOptions } from '../../src/search/elasticsearch/index.js'
import {
  type ElasticsearchProxy,
  elasticsearchError,
  type ProxiedAnswer,
  type ProxiedRequest,
  startElasticsearchProxy,
} from '../support/elasticsearch-proxy.js'
import { aDocument, put, search } from '../support/search-documents.js'
import { elasticsearchUrl, openElasticsearch, removeElasticsearch, type TestIndex } from '../support/search-engines.js'

const at = (sequence: number) => ({ epoch: 'e', sequence })
const unavailable = { code: 'EDUFED_SEARCH_UNAVAILABLE' }
const meadows = Array.from({ length: 60 }, (_, index) => aDocument({ sequence: index + 1, name: { en: `Meadow ${index}` } }))
type Bulk = (request: ProxiedRequest, number: number) => Promise<ProxiedAnswer>

describe.skipIf(!elasticsearchUrl)(
  elasticsearchUrl ? 'an Elasticsearch that is under pressure' : 'an Elasticsearch that is under pressure (skipped: no Elasticsearch)',
  { timeout: 60_000 },
  () => {
    let proxy: ElasticsearchProxy
    let test: TestIndex & { prefix: string }
    let sizes: number[]
    const warnings: string[] = []
    const logger = { info: () => {}, warn: (_: object, message: string) => void warnings.push(message), error: () => {} }
    afterEach(async () => {
      await test.index.close()
      await removeElasticsearch(test.prefix)
      await proxy.close()
    })

    /** Everything goes through to the real cluster, but for what `bulk` does with requests to write resources. */
    const open = async (bulk: Bulk, options: Partial<ElasticsearchOptions> = {}) => {
      sizes = []
      warnings.length = 0
      proxy = await startElasticsearchProxy(elasticsearchUrl!, async (request) => {
        if (!/-resources-v.*\/_bulk/.test(request.path)) return await request.forward()
        sizes.push(request.body.length)
        return await bulk(request, sizes.length)
      })
      test = await openElasticsearch({ nodes: [proxy.url], logger, ...options })
    }
    const total = async () => {
      await test.settle()
      return (await search(test.index, 'meadow')).total
    }

    it.each([429, 503])('takes what single documents were refused for now (%i) once more, and only that', async (status) => {
      const sent: number[] = []
      await open(async (request, number) => {
        const operations = operationsOf(request.body)
        sent.push(operations.length)
        return number <= 2 ? await takeSome(request, operations, { status, isTaken: (index) => index % 3 === 0 }) : await request.forward()
      })
      await test.index.apply(meadows.map(put), at(60))
      expect(sent).toEqual([60, 40, 26])
      expect(await total()).toBe(60)
      expect(warnings).toContain('Elasticsearch is busy; sending again')
    })

    it.each([
      [429, 'es_rejected_execution_exception'],
      [503, 'cluster_block_exception'],
    ])('sends a request again that was turned back as a whole with %i, when it was told to', async (status, type) => {
      const times: number[] = []
      await open(async (request, number) => {
        times.push(performance.now())
        // On 503 the client asks once more at once, in case another host knows better.
        return number <= (status === 503 ? 2 : 1) ? elasticsearchError(status, type, { 'retry-after': '1' }) : await request.forward()
      })
      await test.index.apply(meadows.map(put), at(60))
      expect(times).toHaveLength(status === 503 ? 3 : 2)
      expect(times.at(-1)! - times.at(-2)!).toBeGreaterThanOrEqual(990)
      expect(await total()).toBe(60)
    })

    it('halves requests that are too large, and sends smaller ones from then on', async () => {
      const largest = 40_000
      await open(
        async (request) =>
          request.body.length > largest
            ? { status: 413, headers: { 'x-elastic-product': 'Elasticsearch' }, body: Buffer.alloc(0) }
            : await request.forward(),
        { bulkBytes: 128 * 1024 },
      )
      const long = (index: number) => ({
        ...meadows[index]!,
        resource: { ...meadows[index]!.resource, description: { en: 'grass '.repeat(400) } },
      })
      await test.index.apply(
        meadows.map((_, index) => put(long(index))),
        at(60),
      )
      expect(await total()).toBe(60)
      expect(Math.max(...sizes)).toBeGreaterThan(largest)
      sizes.length = 0
      await test.index.apply(
        meadows.map((_, index) => put({ ...long(index), sequence: 100 + index })),
        at(160),
      )
      expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024)
    })

    it('lists one document that is too large by itself, and takes all others', async () => {
      const largest = 30_000
      await open(async (request) => (request.body.length > largest ? elasticsearchError(413, 'too_large') : await request.forward()))
      const huge = aDocument({ name: { en: 'Meadow' }, sequence: 1, description: { en: 'hay '.repeat(9_000) } })
      await test.index.apply([...meadows, huge].map(put), at(61))
      expect(await total()).toBe(60)
      expect((await test.index.status()).refused).toMatchObject({
        count: 1,
        examples: [{ id: huge.id, reason: expect.stringContaining('larger') }],
      })
      await test.index.apply([put({ ...huge, sequence: 62, resource: { ...huge.resource, description: { en: 'hay' } } })], at(62))
      expect(await total()).toBe(61)
      expect((await test.index.status()).refused).toBeUndefined()
    })

    it('sends one request at a time while the cluster is busy, and more again later', async () => {
      let underWay = 0
      const most: number[] = []
      await open(
        async (request, number) => {
          underWay++
          most.push(underWay)
          try {
            return number === 1 ? elasticsearchError(429, 'es_rejected_execution_exception') : await request.forward()
          } finally {
            underWay--
          }
        },
        { bulkBytes: 8_000, bulkConcurrency: 3 },
      )
      await test.index.apply(meadows.map(put), at(60))
      expect(await total()).toBe(60)
      expect(Math.max(...most)).toBeGreaterThan(1)
      expect(most.length).toBeGreaterThan(8)
      expect(Math.max(...most.slice(4, 8))).toBe(1)
    })

    it('gives up after some time, does not move the position, and goes on when it is asked again', async () => {
      let isBusy = true
      await open(async (request) => (isBusy ? elasticsearchError(429, 'es_rejected_execution_exception') : await request.forward()), {
        bulkRetries: 1,
      })
      await test.index.apply([], at(1))
      await expect(test.index.apply(meadows.map(put), at(60))).rejects.toMatchObject(unavailable)
      expect(await test.index.position()).toEqual(at(1))
      isBusy = false
      await test.index.apply(meadows.map(put), at(60))
      expect(await test.index.position()).toEqual(at(60))
      expect(await total()).toBe(60)
    })
  },
)

/** The operations of a bulk request, each as its lines. */
function operationsOf(body: Buffer): string[] {
  const lines = body.toString().trimEnd().split('\n')
  const operations: string[] = []
  for (let line = 0; line < lines.length; line++)
    operations.push('index' in JSON.parse(lines[line]!) ? `${lines[line]}\n${lines[++line]}\n` : `${lines[line]}\n`)
  return operations
}

/** Lets the cluster take some operations of a request, and answers for the others as a cluster does that is too busy for them. */
async function takeSome(
  request: ProxiedRequest,
  operations: string[],
  { status, isTaken }: { status: number; isTaken: (index: number) => boolean },
): Promise<ProxiedAnswer> {
  const answer = await request.forward(Buffer.from(operations.filter((_, index) => isTaken(index)).join('')))
  const taken = (JSON.parse(answer.body.toString()) as { items: object[] }).items
  const error =
    status === 429
      ? { type: 'es_rejected_execution_exception', reason: 'rejected execution of coordinating operation' }
      : { type: 'unavailable_shards_exception', reason: 'primary shard is not active' }
  const items = operations.map((_, index) => (isTaken(index) ? taken.shift() : { index: { status, error } }))
  return { ...answer, body: Buffer.from(JSON.stringify({ errors: true, items })) }
}
