import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aDocument, del, idsOf, put, search } from '../../support/search-documents.js'
import type { OpenTestIndex, TestIndex } from '../../support/search-engines.js'

export function rebuildContract(open: OpenTestIndex): void {
  describe('rebuilding', () => {
    let test: TestIndex
    const old = Array.from({ length: 20 }, (_, at) => aDocument({ sequence: at + 1, name: { en: `Old meadow ${at}` } }))
    const fresh = Array.from({ length: 30 }, (_, at) => aDocument({ sequence: at + 1, name: { en: `Fresh meadow ${at}` } }))
    beforeEach(async () => {
      test = await open()
      await test.index.apply(old.map(put), { epoch: 'e1', sequence: 20 })
      await test.settle()
    })
    afterEach(() => test.remove())

    it('answers from the old index until the new one is finished, then from the new one at once', async () => {
      const build = await test.index.startBuild()
      await build.apply(fresh.slice(0, 15).map(put))
      expect((await search(test.index, 'meadow')).total).toBe(20)
      await build.apply(fresh.slice(15).map(put))
      expect((await search(test.index, 'old meadow')).total).toBe(20)
      expect(await test.index.position()).toEqual({ epoch: 'e1', sequence: 20 })
      await build.finish({ epoch: 'e2', sequence: 30 })
      expect((await search(test.index, 'meadow')).total).toBe(30)
      expect((await search(test.index, 'old meadow')).total).toBe(0)
      expect(await test.index.position()).toEqual({ epoch: 'e2', sequence: 30 })
      expect((await test.index.status()).documents).toBe(30)
    })

    it('always answers whole while the indices are swapped', async () => {
      const build = await test.index.startBuild()
      await build.apply(fresh.map(put))
      let isSwapped = false
      const totals = new Set<number>()
      const searching = (async () => {
        while (!isSwapped) totals.add((await search(test.index, 'meadow')).total)
      })()
      await build.finish({ epoch: 'e2', sequence: 30 })
      isSwapped = true
      await searching
      expect([20, 30]).toEqual(expect.arrayContaining([...totals]))
    })

    it('takes changes into the new index in any order of versions', async () => {
      const build = await test.index.startBuild()
      await build.apply([put({ ...fresh[0]!, sequence: 50 })])
      await build.apply([del(fresh[0]!.id, 40), put(fresh[1]!), del(fresh[1]!.id, 60)])
      await build.finish({ epoch: 'e2', sequence: 60 })
      expect(await idsOf(test.index, 'meadow')).toEqual([fresh[0]!.id])
    })

    it('follows the change log in the new index afterwards', async () => {
      const build = await test.index.startBuild()
      await build.apply(fresh.map(put))
      await build.finish({ epoch: 'e2', sequence: 30 })
      await test.index.apply([del(fresh[0]!.id, 31)], { epoch: 'e2', sequence: 31 }, await test.index.position())
      await test.settle()
      expect((await search(test.index, 'meadow')).total).toBe(29)
      expect(await test.index.position()).toEqual({ epoch: 'e2', sequence: 31 })
    })

    it('leaves everything as it was when a build is given up', async () => {
      const build = await test.index.startBuild()
      await build.apply(fresh.map(put))
      await build.abandon()
      expect((await search(test.index, 'old meadow')).total).toBe(20)
      expect(await test.index.position()).toEqual({ epoch: 'e1', sequence: 20 })
      const again = await test.index.startBuild()
      await again.apply(fresh.slice(0, 5).map(put))
      await again.finish({ epoch: 'e1', sequence: 25 })
      expect((await search(test.index, 'meadow')).total).toBe(5)
    })

    it('takes cursors of before on to the end', async () => {
      const first = await search(test.index, { text: '', sort: 'date', limit: 15 })
      const build = await test.index.startBuild()
      await build.apply(old.map(put))
      await build.finish({ epoch: 'e1', sequence: 20 })
      const second = await search(test.index, { text: '', sort: 'date', limit: 15, cursor: first.cursor! })
      const seen = [...first.hits, ...second.hits].map((hit) => hit.id)
      expect(seen.sort()).toEqual(old.map((document) => document.id).sort())
    })
  })
}
