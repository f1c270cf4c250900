import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type IndexedCatalog, openIndexedCatalog } from '../support/indexed-catalog.js'
import { search } from '../support/search-documents.js'
import { elasticsearchUrl, type OpenTestIndex, openElasticsearch, type TestIndex } from '../support/search-engines.js'
import { openSqliteSearch } from '../support/sqlite-search.js'

const engines: [title: string, open: OpenTestIndex, isSkipped: boolean][] = [
  ['the embedded index', openSqliteSearch, false],
  [elasticsearchUrl ? 'Elasticsearch' : 'Elasticsearch (skipped: no Elasticsearch)', () => openElasticsearch(), !elasticsearchUrl],
]

describe.each(engines)('the indexer with %s', (_, open, isSkipped) => {
  describe.skipIf(isSkipped)('', { timeout: 60_000 }, () => {
    let test: TestIndex
    let node: IndexedCatalog
    const titles = async (text = 'meadow') =>
      (await search(test.index, { text, limit: 100 })).hits.map((hit) => hit.resource.name.en).sort()
    beforeEach(async () => {
      test = await open()
      node = await openIndexedCatalog(test.index, { batchSize: 7 })
    })
    afterEach(async () => {
      await node.close()
      await test.remove()
    })

    it('makes what is written findable, and what is deleted not', async () => {
      node.start()
      await node.indexer.waitUntilSearchable(await node.write('Meadow 1', 'Meadow 2', 'Lake'))
      expect(await titles()).toEqual(['Meadow 1', 'Meadow 2'])
      await node.indexer.waitUntilSearchable(await node.remove('Meadow 1'))
      expect(await titles()).toEqual(['Meadow 2'])
      expect(await node.indexer.status()).toEqual({ sequence: 4, lastSequence: 4, lag: 0 })
    })

    it('goes on where it stopped', async () => {
      node.start()
      await node.indexer.waitUntilSearchable(await node.write('Meadow 1'))
      const built = () => node.messages.filter((message) => message.includes('built anew')).length
      await node.stop()
      const before = built()
      const sequence = await node.write(...Array.from({ length: 30 }, (_, at) => `Meadow ${at + 2}`))
      expect(await node.indexer.status()).toMatchObject({ sequence: 1, lastSequence: 31, lag: 30 })
      node.start()
      await node.indexer.waitUntilSearchable(sequence)
      expect(await titles()).toHaveLength(31)
      expect(built()).toBe(before)
    })

    it('follows from the beginning when node and index are new', async () => {
      node.start()
      await expect.poll(async () => (await node.indexer.status()).sequence).toBe(0)
      await node.indexer.waitUntilSearchable(await node.write('Meadow 1'))
      expect(await titles()).toEqual(['Meadow 1'])
      expect(node.messages).toEqual([])
    })

    it('builds anew an index that is of another change log', async () => {
      node.start()
      await node.indexer.waitUntilSearchable(await node.write('Meadow of before'))
      await node.close()
      node = await openIndexedCatalog(test.index)
      const sequence = await node.write('Meadow of now')
      node.start()
      await node.indexer.waitUntilSearchable(sequence)
      expect(await titles()).toEqual(['Meadow of now'])
    })

    it('builds anew while changes go on and searches are answered, and misses nothing', async () => {
      node.start()
      await node.indexer.waitUntilSearchable(await node.write(...Array.from({ length: 80 }, (_, at) => `Meadow ${at}`)))
      let isDone = false
      const totals: number[] = []
      const searching = (async () => {
        while (!isDone) totals.push((await search(test.index, 'meadow')).total)
      })()
      const writing = (async () => {
        for (let at = 0; at < 40; at++) {
          await node.write(`Meadow late ${at}`)
          if (at % 4 === 0) await node.remove(`Meadow ${at}`)
        }
      })()
      const { documents } = await node.indexer.reindex()
      await writing
      await node.indexer.waitUntilSearchable(await node.catalog.lastSequence())
      isDone = true
      await searching
      expect(documents).toBeGreaterThanOrEqual(70)
      expect(Math.min(...totals)).toBeGreaterThanOrEqual(70)
      expect((await search(test.index, 'meadow')).total).toBe(80 + 40 - 10)
      expect((await search(test.index, 'meadow late')).total).toBe(40)
    })

    it('keeps the old index when a rebuild is aborted', async () => {
      node.start()
      await node.indexer.waitUntilSearchable(await node.write(...Array.from({ length: 20 }, (_, at) => `Meadow ${at}`)))
      const controller = new AbortController()
      const aborted = node.indexer.reindex({ signal: controller.signal, onProgress: () => controller.abort() })
      await expect(aborted).rejects.toMatchObject({ name: 'AbortError' })
      expect((await search(test.index, 'meadow')).total).toBe(20)
      await node.indexer.waitUntilSearchable(await node.write('Meadow after'))
      expect((await search(test.index, 'meadow')).total).toBe(21)
    })
  })
})
