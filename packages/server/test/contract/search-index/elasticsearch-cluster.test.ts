import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { searchCursorKey } from '../../../src/search/cursor.js'
import { createDictionary, useDictionary } from '../../../src/search/dictionary/dictionary.js'
import { createElasticsearchIndex } from '../../../src/search/elasticsearch/index.js'
import { decodePlace, encodePlace } from '../../../src/search/elasticsearch/page-cursor.js'
import { startCuttableProxy } from '../../support/cuttable-proxy.js'
import { aDocument, allIds, aQuery, idsOf, put, search } from '../../support/search-documents.js'
import { elasticsearch, elasticsearchIndices, elasticsearchUrl, openElasticsearch } from '../../support/search-engines.js'

const at = (sequence: number) => ({ epoch: 'e', sequence })

/** What only an index on a cluster has to stand. */
describe.skipIf(!elasticsearchUrl)(
  elasticsearchUrl ? 'an Elasticsearch cluster' : 'an Elasticsearch cluster (skipped: no Elasticsearch)',
  () => {
    let test: Awaited<ReturnType<typeof openElasticsearch>>
    const meadows = Array.from({ length: 30 }, (_, index) => aDocument({ sequence: index + 1, name: { en: `Meadow ${index}` } }))
    const fill = async () => {
      await test.index.apply(meadows.map(put), at(30))
      await test.settle()
    }
    beforeEach(async () => {
      test = await openElasticsearch({ shards: 2 })
    })
    afterEach(() => test.remove())

    it('keeps a versioned index behind an alias, with the shards that were asked for and a strict mapping', async () => {
      const [, concrete] = await elasticsearchIndices(test.prefix)
      expect(concrete).toMatch(new RegExp(`^${test.prefix}-resources-v\\d+-[0-9a-f]{8}-\\d+$`))
      const index = (
        (await elasticsearch('GET', `/${test.prefix}-resources`)) as Record<
          string,
          { mappings: { dynamic: string }; settings: { index: object } }
        >
      )[concrete!]!
      expect(index.mappings.dynamic).toBe('strict')
      expect(index.settings.index).toMatchObject({ number_of_shards: '2', number_of_replicas: '0' })
    })

    it('notices that its index was deleted, instead of taking an empty one for full', async () => {
      await fill()
      const before = await test.index.position()
      const concrete = (await elasticsearchIndices(test.prefix)).filter((name) => name.includes('-resources-'))
      for (const name of concrete) await elasticsearch('DELETE', `/${name}`)
      expect(await test.index.position()).toBeUndefined()
      await expect(search(test.index, 'meadow')).rejects.toMatchObject({ code: 'EDUFED_SEARCH_UNAVAILABLE', status: 503 })
      await expect(test.index.apply(meadows.map(put), at(31), before)).rejects.toMatchObject({ code: 'EDUFED_SEARCH_UNAVAILABLE' })
      expect(await elasticsearchIndices(test.prefix)).toEqual([`${test.prefix}-position`])
      await test.index.open()
      expect(await test.index.position()).toBeUndefined()
      await fill()
      expect((await search(test.index, 'meadow')).total).toBe(30)
    })

    it('is built anew for other words of the dictionary, and answers meanwhile', async () => {
      await fill()
      expect(await test.index.status()).toEqual({ isAvailable: true, documents: 30 })
      useDictionary(createDictionary([{ word: '阳光之家', weight: 3000 }]))
      const other = createElasticsearchIndex({ nodes: [elasticsearchUrl!], indexPrefix: test.prefix, replicas: 0 })
      useDictionary(createDictionary())
      await other.open()
      expect(await other.position()).toBeUndefined()
      expect(await other.status()).toMatchObject({ documents: 30, isOutdated: true, detail: expect.stringContaining('dictionary') })
      expect((await search(other, 'meadow')).total).toBe(30)
      const build = await other.startBuild()
      await build.apply(meadows.map(put))
      await build.finish(at(30))
      expect(await other.position()).toEqual(at(30))
      expect(await other.status()).toEqual({ isAvailable: true, documents: 30 })
      expect(await test.index.position()).toBeUndefined()
      await other.close()
    })

    it('does not move the position of an index that has taken the place of the one written to', async () => {
      await fill()
      const before = await test.index.position()
      const other = createElasticsearchIndex({ nodes: [elasticsearchUrl!], indexPrefix: test.prefix, replicas: 0 })
      const build = await other.startBuild()
      await build.apply(meadows.slice(0, 10).map(put))
      await build.finish(at(10))
      await other.close()
      await expect(test.index.apply([put({ ...meadows[20]!, sequence: 31 })], at(31), before)).rejects.toMatchObject({
        code: 'EDUFED_SEARCH_UNAVAILABLE',
      })
      expect(await test.index.position()).toEqual(at(10))
    })

    it('opens once when two processes open it at the same moment', async () => {
      await test.remove()
      const options = { nodes: [elasticsearchUrl!], indexPrefix: test.prefix, replicas: 0 }
      const both = [createElasticsearchIndex(options), createElasticsearchIndex(options)]
      await Promise.all(both.map((index) => index.open()))
      const [, ...concrete] = await elasticsearchIndices(test.prefix)
      expect(concrete).toHaveLength(1)
      await Promise.all(both.map((index) => index.close()))
      test = await openElasticsearch({ indexPrefix: test.prefix })
    })

    it('pages on when the point in time of the list has expired or is nonsense', async () => {
      await fill()
      const query = { text: 'meadow', limit: 10 }
      const key = searchCursorKey('elasticsearch', aQuery(query))
      const all = await idsOf(test.index, { ...query, limit: 30 })
      const first = await search(test.index, query)
      const second = await search(test.index, { ...query, cursor: first.cursor! })
      const place = decodePlace(second.cursor!, key)
      expect(place.pit).toBeTypeOf('string')
      await elasticsearch('DELETE', '/_pit', { id: place.pit })
      expect(await idsOf(test.index, { ...query, cursor: second.cursor! })).toEqual(all.slice(20))
      for (const pit of ['nonsense', '', 'AAAA', `${place.pit!.slice(0, -8)}AAAAAAAA`])
        expect(await idsOf(test.index, { ...query, cursor: encodePlace({ ...place, pit }, key) })).toEqual(all.slice(20))
    })

    it('keeps a list as it was from the second page on', async () => {
      await fill()
      const query = { text: 'meadow', limit: 10 }
      const first = await search(test.index, query)
      const second = await search(test.index, { ...query, cursor: first.cursor! })
      await test.index.apply(
        meadows.slice(0, 30).map((one) => ({ type: 'delete', id: one.id, sequence: 40 })),
        at(40),
      )
      await test.settle()
      expect((await search(test.index, query)).total).toBe(0)
      const rest = await allIds(test.index, { ...query, cursor: second.cursor! })
      expect(rest).toHaveLength(10)
    })

    it('reports a resource that the cluster refuses, and takes all others', async () => {
      const errors: object[] = []
      const logger = { info: () => {}, warn: () => {}, error: (fields: object) => errors.push(fields) }
      const index = createElasticsearchIndex({ nodes: [elasticsearchUrl!], indexPrefix: test.prefix, replicas: 0, logger })
      const tooLong = aDocument({ id: `urn:edufed:a.example:${'x'.repeat(40_000)}`, name: { en: 'Meadow' } })
      await index.apply([...meadows.slice(0, 5), tooLong, ...meadows.slice(5)].map(put), at(31))
      await test.settle()
      expect((await search(test.index, 'meadow')).total).toBe(30)
      expect(errors).toEqual([expect.objectContaining({ id: tooLong.id, reason: expect.stringContaining('immense term') })])
      await index.close()
    })

    it('cuts what it sends into requests of a set size', async () => {
      const index = createElasticsearchIndex({
        nodes: [elasticsearchUrl!],
        indexPrefix: test.prefix,
        replicas: 0,
        bulkBytes: 2_000,
        bulkConcurrency: 3,
      })
      await index.apply(meadows.map(put), at(30))
      await test.settle()
      expect((await search(test.index, 'meadow')).total).toBe(30)
      await index.close()
    })

    it('lets a bulk request take longer than a search may', async () => {
      const proxy = await startCuttableProxy(elasticsearchUrl!, { delayMs: (piece) => (piece.includes('/_bulk') ? 2_500 : 0) })
      const index = createElasticsearchIndex({
        nodes: [proxy.url],
        indexPrefix: test.prefix,
        replicas: 0,
        requestTimeoutMs: 2_000,
        bulkTimeoutMs: 15_000,
      })
      await index.apply(meadows.map(put), at(30))
      expect(await index.position()).toEqual(at(30))
      await index.close()
      await proxy.close()
    })

    it('answers from a host that lives when others named do not', async () => {
      await fill()
      const index = createElasticsearchIndex({
        nodes: ['http://127.0.0.1:1', elasticsearchUrl!, 'http://127.0.0.1:2'],
        indexPrefix: test.prefix,
        replicas: 0,
      })
      for (let round = 0; round < 6; round++) expect((await search(index, 'meadow')).total).toBe(30)
      await index.close()
    })
  },
)
