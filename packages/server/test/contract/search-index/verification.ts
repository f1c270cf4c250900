import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { entryCheck } from '../../../src/search/entry-check.js'
import { verifyIndex } from '../../../src/search/verify-index.js'
import { type IndexedCatalog, openIndexedCatalog } from '../../support/indexed-catalog.js'
import { aDocument, allIds, aQuery, del, put } from '../../support/search-documents.js'
import type { OpenTestIndex, TestIndex } from '../../support/search-engines.js'

const titles = Array.from({ length: 45 }, (_, at) => `Meadow ${String(at).padStart(2, '0')}`)

export function verificationContract(open: OpenTestIndex): void {
  describe('comparing with the catalogue', () => {
    let test: TestIndex
    let node: IndexedCatalog
    beforeEach(async () => {
      test = await open()
      node = await openIndexedCatalog(test.index, { batchSize: 50 })
    })
    afterEach(async () => {
      await node.close()
      await test.remove()
    })

    const catalogue = () => node.catalog.scanResources({ limit: 1_000 })
    const verify = (options: { isDryRun?: boolean; rangeSize?: number; sampleSize?: number } = {}) =>
      verifyIndex({ catalog: node.catalog, index: test.index, rangeSize: 10, ...options })
    const ids = async () => (await allIds(test.index, { ...aQuery(), limit: 50 })).sort()
    /** An index with faults, that takes itself for one that has followed everything. */
    const spoil = async () => {
      await node.write(...titles)
      const stored = (await catalogue()).map((one) => ({ ...one, id: one.resource.id }))
      const surplus = [aDocument({ id: 'urn:edufed:a.example:0' }), aDocument({ id: 'urn:edufed:zz.example:9' })]
      const build = await test.index.startBuild()
      const old = { ...stored[7]!, resource: { ...stored[7]!.resource, name: { en: 'Stale' } } }
      await build.apply([...stored.filter((_, at) => at !== 3 && at !== 44 && at !== 7), old, ...surplus].map(put))
      await node.rename(titles[7]!, 'Meadow renamed')
      await node.remove(titles[30]!)
      await build.finish({ epoch: await node.catalog.epoch(), sequence: await node.catalog.lastSequence() })
      return { missing: [stored[3]!.id, stored[44]!.id], stale: [stored[7]!.id], surplus: [surplus[0]!.id, surplus[1]!.id, stored[30]!.id] }
    }

    it('sums up and lists ranges of ids, with and without bounds', async () => {
      const documents = ['a', 'b', 'ي', '数', '𠀀', `${'long'.repeat(300)}`].map((name, at) =>
        aDocument({ id: `urn:edufed:a.example:${name}`, sequence: at + 3 }),
      )
      await test.index.apply([...documents, aDocument({ id: 'urn:edufed:a.example:gone' })].map(put), { epoch: 'e', sequence: 9 })
      await test.index.apply([del('urn:edufed:a.example:gone', 10)], { epoch: 'e', sequence: 10 })
      await test.settle()
      const inOrder = [...documents].sort((a, b) => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)))
      const entries = inOrder.map(({ id, sequence }) => ({ id, sequence }))
      expect(await test.index.listEntries({}, { limit: 100 })).toEqual(entries)
      for (const [from, until] of [
        [0, 6],
        [1, 3],
        [2, 6],
        [3, 3],
      ] as const) {
        const range = { ...(from > 0 ? { after: entries[from - 1]!.id } : {}), ...(until < 6 ? { upTo: entries[until - 1]!.id } : {}) }
        const inRange = entries.slice(from, until)
        expect(await test.index.listEntries(range, { limit: 2 })).toEqual(inRange.slice(0, 2))
        const sum = inRange.reduce((total, { id, sequence }) => total + entryCheck(id, sequence), 0)
        expect(await test.index.digest(range)).toEqual({ documents: inRange.length, sum })
      }
    })

    it('finds nothing to do where nothing differs', async () => {
      node.start()
      await node.indexer.waitUntilSearchable(await node.write(...titles))
      expect(await verify()).toMatchObject({
        documents: 45,
        missing: 0,
        stale: 0,
        surplus: 0,
        altered: 0,
        ahead: 0,
        pending: 0,
        healed: 0,
        left: 0,
        examples: [],
      })
    })

    it('finds what is missing, stale and too many, and heals it', async () => {
      const faults = await spoil()
      const found = { documents: 44, missing: 2, stale: 1, surplus: 3, ahead: 0, pending: 0 }
      const looked = await verify({ isDryRun: true })
      expect(looked).toMatchObject({ ...found, healed: 0, left: 6 })
      for (const kind of ['missing', 'stale', 'surplus'] as const)
        expect(
          looked.examples
            .filter((one) => one.kind === kind)
            .map(({ id }) => id)
            .sort(),
        ).toEqual([...faults[kind]].sort())
      expect(await verify()).toMatchObject({ ...found, healed: 6, left: 0 })
      expect(await verify()).toMatchObject({ documents: 44, missing: 0, stale: 0, surplus: 0, altered: 0, healed: 0, left: 0 })
      await test.settle()
      expect(await ids()).toEqual((await catalogue()).map(({ resource }) => resource.id).sort())
    })

    it('finds what is of the right change and not what the catalogue has, among the documents that it looks into', async () => {
      node.start()
      const sequence = await node.write(...titles)
      await node.indexer.waitUntilSearchable(sequence)
      await node.stop()
      const stored = await catalogue()
      const other = { ...stored[3]!, resource: { ...stored[3]!.resource, name: { en: 'Written over' } } }
      const opened = { ...stored[17]!, visibleTo: 'nobody' }
      const renamed = { ...stored[20]!, sources: stored[20]!.sources.map((source) => ({ ...source, name: 'As it was called' })) }
      // Without the stored text, which would be written as it is.
      await test.index.repair([other, opened, renamed].map(({ resourceJson: _, ...document }) => put(document)))
      await test.settle()
      expect(await verify({ sampleSize: 0 })).toMatchObject({ altered: 0, left: 0 })
      const looked = await verify({ isDryRun: true })
      expect(looked).toMatchObject({ documents: 45, missing: 0, stale: 0, surplus: 0, altered: 2, healed: 0, left: 2 })
      expect(looked.examples.map(({ id, kind }) => [id, kind]).sort()).toEqual([
        [other.id, 'altered'],
        [opened.id, 'altered'],
      ])
      let healed = 0
      for (let run = 0; run < 60 && healed < 2; run++) healed += (await verify({ sampleSize: 4 })).healed
      expect(healed).toBe(2)
      expect(await verify()).toMatchObject({ altered: 0, healed: 0, left: 0 })
      expect((await test.index.contents([stored[0]!.id, 'urn:edufed:a.example:unknown'])).map(({ id }) => id)).toEqual([stored[0]!.id])
    })

    it('fills an index that has lost everything, and empties one whose catalogue is empty', async () => {
      await node.write(...titles)
      const position = { epoch: await node.catalog.epoch(), sequence: await node.catalog.lastSequence() }
      await test.index.apply([], position)
      expect(await verify()).toMatchObject({ missing: 45, healed: 45, left: 0 })
      await test.settle()
      expect(await ids()).toHaveLength(45)
      await node.remove(...titles)
      await test.index.apply([], { ...position, sequence: await node.catalog.lastSequence() })
      expect(await verify()).toMatchObject({ documents: 0, surplus: 45, healed: 45, left: 0 })
      await test.settle()
      expect(await ids()).toEqual([])
    })

    it('takes nothing for a fault that the index has only not followed yet', async () => {
      node.start()
      await node.indexer.waitUntilSearchable(await node.write(...titles.slice(0, 30)))
      await node.stop()
      await node.write(...titles.slice(30))
      await node.remove(titles[0]!)
      await node.rename(titles[1]!, 'Meadow renamed')
      expect(await verify()).toMatchObject({ missing: 0, stale: 0, surplus: 0, altered: 0, pending: 17, healed: 0, left: 0 })
      await test.settle()
      expect(await ids()).toHaveLength(30)
    })

    it('finds nothing while records are written and followed at the same time', async () => {
      node.start()
      await node.indexer.waitUntilSearchable(await node.write(...titles))
      let isDone = false
      const writing = (async () => {
        for (let round = 0; !isDone; round++) {
          const title = titles[round % titles.length]!
          if (round % 3 === 0) await node.remove(title)
          else await node.rename(title, `Meadow ${round}`)
        }
      })()
      for (let round = 0; round < 8; round++)
        expect(await verify()).toMatchObject({ missing: 0, stale: 0, surplus: 0, altered: 0, ahead: 0, healed: 0, left: 0 })
      isDone = true
      await writing
    })

    it('builds anew an index that is ahead of its catalogue, and one that has none', async () => {
      await node.write(...titles)
      const stored = await catalogue()
      const build = await test.index.startBuild()
      await build.apply(stored.map((one) => put({ ...one, id: one.resource.id, sequence: one.sequence + 1_000 })))
      await build.finish({ epoch: await node.catalog.epoch(), sequence: await node.catalog.lastSequence() })
      expect(await node.indexer.verify({ isDryRun: true })).toMatchObject({ outcome: 'different', ahead: 45, left: 45 })
      expect(await node.indexer.verify()).toMatchObject({ outcome: 'rebuilt', ahead: 45, left: 0 })
      expect(await node.indexer.verify()).toMatchObject({ outcome: 'same', documents: 45, ahead: 0 })
      await test.index.apply([], { epoch: 'another', sequence: 1 })
      expect(await node.indexer.verify({ isDryRun: true })).toMatchObject({ outcome: 'different' })
      expect(await node.indexer.verify()).toMatchObject({ outcome: 'rebuilt' })
      expect(await node.indexer.verify()).toMatchObject({ outcome: 'same', documents: 45 })
    })
  })
}
