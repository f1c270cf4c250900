import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CuttableProxy, startCuttableProxy } from '../support/cuttable-proxy.js'
import { type IndexedCatalog, openIndexedCatalog } from '../support/indexed-catalog.js'
import { search } from '../support/search-documents.js'
import { elasticsearch, elasticsearchIndices, elasticsearchUrl, openElasticsearch, type TestIndex } from '../support/search-engines.js'

const unavailable = { code: 'EDUFED_SEARCH_UNAVAILABLE', status: 503, retryAfterSeconds: expect.any(Number) }

describe.skipIf(!elasticsearchUrl)(
  elasticsearchUrl ? 'while Elasticsearch is away' : 'while Elasticsearch is away (skipped: no Elasticsearch)',
  () => {
    let proxy: CuttableProxy
    let test: TestIndex & { prefix: string }
    let node: IndexedCatalog
    beforeEach(async () => {
      proxy = await startCuttableProxy(elasticsearchUrl!)
      test = await openElasticsearch({ nodes: [proxy.url], requestTimeoutMs: 500, bulkTimeoutMs: 1_000 })
      node = await openIndexedCatalog(test.index, { batchSize: 10 })
      node.start()
      await node.indexer.waitUntilSearchable(await node.write('Meadow 1', 'Meadow 2'))
    })
    afterEach(async () => {
      await node.close()
      await test.remove()
      await proxy.close()
    })

    const recovers = async (titles: string[]): Promise<void> => {
      await proxy.restore()
      await expect.poll(async () => (await node.indexer.status()).lag, { timeout: 15_000 }).toBe(0)
      await test.index.refresh?.()
      // The circuit lets searches through again a few seconds after the last failure.
      await expect
        .poll(
          () =>
            search(test.index, { text: 'meadow', limit: 100 }).then(
              (page) => page.hits.map((hit) => hit.resource.name.en).sort(),
              () => [],
            ),
          { timeout: 15_000 },
        )
        .toEqual([...titles].sort())
    }

    it.each(['cut', 'silence'] as const)(
      'writes go on, search says when to come again, and the index catches up afterwards (%s)',
      async (how) => {
        await proxy[how]()
        await expect(search(test.index, 'meadow')).rejects.toMatchObject(unavailable)
        await expect(test.index.suggest({ text: 'mea', lang: 'en', limit: 3 }, { sees: 'everything' })).rejects.toMatchObject(unavailable)
        const titles = Array.from({ length: 45 }, (_, at) => `Meadow ${at + 10}`)
        for (const title of titles) await node.write(title)
        await node.remove('Meadow 1')
        await expect
          .poll(async () => (await node.indexer.status()).lastError, { timeout: 10_000 })
          .toMatchObject({ code: 'EDUFED_SEARCH_UNAVAILABLE' })
        expect((await node.indexer.status()).lag).toBeGreaterThan(0)
        expect(await test.index.status()).toMatchObject({ isAvailable: false, detail: expect.stringContaining('Elasticsearch') })
        await recovers(['Meadow 2', ...titles])
        expect((await node.indexer.status()).lastError).toBeUndefined()
        expect(node.messages).toContain('The search index can be written to again')
      },
      60_000,
    )

    it('searches do not wait one after another for a host that is silent', async () => {
      proxy.silence()
      for (let round = 0; round < 3; round++) await expect(search(test.index, 'meadow')).rejects.toMatchObject(unavailable)
      const startedAt = performance.now()
      await expect(search(test.index, 'meadow')).rejects.toMatchObject(unavailable)
      expect(performance.now() - startedAt).toBeLessThan(100)
    })

    it('nothing is lost when the connection breaks again and again while changes are written', async () => {
      const titles = Array.from({ length: 60 }, (_, at) => `Meadow ${at + 10}`)
      for (const [at, title] of titles.entries()) {
        await node.write(title)
        if (at % 15 === 5) await proxy.cut()
        if (at % 15 === 10) await proxy.restore()
      }
      await recovers(['Meadow 1', 'Meadow 2', ...titles])
    }, 60_000)

    it('a node that starts meanwhile opens, and fills its index when the cluster is there', async () => {
      await proxy.cut()
      const late = await openElasticsearch({ nodes: [proxy.url], requestTimeoutMs: 500 })
      const lateNode = await openIndexedCatalog(late.index)
      try {
        lateNode.start()
        const sequence = await lateNode.write('Lake')
        await expect(search(late.index, 'lake')).rejects.toMatchObject(unavailable)
        await proxy.restore()
        await expect.poll(async () => (await lateNode.indexer.status()).lag, { timeout: 15_000 }).toBe(0)
        await lateNode.indexer.waitUntilSearchable(sequence)
        expect((await search(late.index, 'lake')).total).toBe(1)
      } finally {
        await lateNode.close()
        await late.remove()
      }
    }, 30_000)

    it('an index that was lost with its cluster is built again', async () => {
      for (const name of await elasticsearchIndices(test.prefix)) await elasticsearch('DELETE', `/${name}`)
      const sequence = await node.write('Meadow 3')
      await expect
        .poll(
          () =>
            test.index.position().then(
              (position) => position?.sequence,
              () => undefined,
            ),
          { timeout: 15_000 },
        )
        .toBe(sequence)
      await node.indexer.waitUntilSearchable(sequence)
      expect((await search(test.index, 'meadow')).total).toBe(3)
    }, 30_000)
  },
)
