import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createElasticsearchIndex, type ElasticsearchOptions } from '../../src/search/elasticsearch/index.js'
import { type ElasticsearchProxy, elasticsearchError, startElasticsearchProxy } from '../support/elasticsearch-proxy.js'
import { aDocument, put, search } from '../support/search-documents.js'
import { elasticsearchUrl, openElasticsearch, type TestIndex } from '../support/search-engines.js'
import { makeTestCertificate, type TestCertificate } from '../support/test-certificate.js'

const apiKey = Buffer.from('id:secret').toString('base64')

describe.skipIf(!elasticsearchUrl)(
  elasticsearchUrl ? 'a protected Elasticsearch' : 'a protected Elasticsearch (skipped: no Elasticsearch)',
  { timeout: 60_000 },
  () => {
    let certificate: TestCertificate
    let proxies: ElasticsearchProxy[]
    let test: TestIndex & { prefix: string }
    const asked: number[] = [0, 0]
    let silenceMs = 0

    beforeAll(async () => {
      certificate = makeTestCertificate()
      const guard = (number: number) =>
        startElasticsearchProxy(
          elasticsearchUrl!,
          async (request) => {
            asked[number]!++
            if (request.path.includes('/_search') && silenceMs > 0) await new Promise((resolve) => setTimeout(resolve, silenceMs))
            if (request.headers.authorization === `ApiKey ${apiKey}`) return await request.forward()
            return elasticsearchError(401, 'security_exception')
          },
          certificate,
        )
      proxies = await Promise.all([guard(0), guard(1)])
      test = await openElasticsearch()
      await test.index.apply([put(aDocument({ name: { en: 'Meadow' } }))], { epoch: 'e', sequence: 1 })
      await test.settle()
    })
    afterEach(() => {
      silenceMs = 0
    })
    afterAll(async () => {
      await test.remove()
      await Promise.all(proxies.map((proxy) => proxy.close()))
    })

    const withIndex = async <T>(options: Partial<ElasticsearchOptions>, work: (index: TestIndex['index']) => Promise<T>): Promise<T> => {
      const nodes = proxies.map(({ url }) => url)
      const index = createElasticsearchIndex({
        nodes,
        indexPrefix: test.prefix,
        replicas: 0,
        caCertificate: certificate.ca,
        apiKey,
        ...options,
      })
      try {
        return await work(index)
      } finally {
        await index.close()
      }
    }

    it('is searched and written to over TLS with an API key, on all its hosts', async () => {
      asked.fill(0)
      await withIndex({}, async (index) => {
        for (let round = 0; round < 4; round++) expect((await search(index, 'meadow')).total).toBe(1)
        await index.apply([put(aDocument({ name: { en: 'Lake' } }))], { epoch: 'e', sequence: 2 })
        expect(await index.position()).toEqual({ epoch: 'e', sequence: 2 })
      })
      expect(Math.min(...asked)).toBeGreaterThan(0)
    })

    it('is not believed when another authority signed its certificate', async () => {
      for (const caCertificate of [undefined, makeTestCertificate().ca])
        await withIndex({ caCertificate }, async (index) => {
          await expect(search(index, 'meadow')).rejects.toMatchObject({ code: 'EDUFED_SEARCH_UNAVAILABLE' })
          expect(await index.status()).toMatchObject({ isAvailable: false })
        })
    })

    it('says that it refuses a wrong key, and does not show the key', async () => {
      const wrong = Buffer.from('id:wrong').toString('base64')
      await withIndex({ apiKey: wrong }, async (index) => {
        const { detail } = await index.status()
        expect(detail).toContain('refuses our credentials')
        expect(detail).not.toContain(wrong)
      })
    })

    it('is not waited for longer than the limit of a request, whatever it does', async () => {
      silenceMs = 5_000
      await withIndex({ requestTimeoutMs: 400 }, async (index) => {
        const startedAt = performance.now()
        await expect(search(index, 'meadow')).rejects.toMatchObject({ code: 'EDUFED_SEARCH_UNAVAILABLE', status: 503 })
        expect(performance.now() - startedAt).toBeLessThan(3_000)
      })
    })
  },
)
