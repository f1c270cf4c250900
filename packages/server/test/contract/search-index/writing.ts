import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aDocument, aHitSource, del, idsOf, put, search } from '../../support/search-documents.js'
import type { OpenTestIndex, TestIndex } from '../../support/search-engines.js'

const at = (sequence: number) => ({ epoch: 'e1', sequence })

export function writingContract(open: OpenTestIndex): void {
  describe('writing', () => {
    let test: TestIndex
    beforeEach(async () => {
      test = await open()
    })
    afterEach(() => test.remove())

    it('has no position while nothing was written', async () => {
      expect(await test.index.position()).toBeUndefined()
    })

    it('remembers how far it has followed the change log', async () => {
      await test.index.apply([put(aDocument())], at(7))
      expect(await test.index.position()).toEqual(at(7))
      await test.index.apply([], { epoch: 'e2', sequence: 0 })
      expect(await test.index.position()).toEqual({ epoch: 'e2', sequence: 0 })
    })

    it('finds what was put, and gives the resource and its platforms back as they were', async () => {
      const document = aDocument({
        name: { 'zh-Hans': '光合作用', en: 'Photosynthesis' },
        description: { 'zh-Hans': '植物怎样利用光' },
        sourceValues: { 'a.b': ['x'], '': ['empty name'] },
        sources: [aHitSource('school'), aHitSource('province')],
      })
      await test.index.apply([put(document)], at(1))
      await test.settle()
      const { total, hits } = await search(test.index, '光合作用')
      expect(total).toBe(1)
      expect(hits[0]).toMatchObject({ id: document.id, resource: document.resource, sources: document.sources })
    })

    it('replaces a resource by its newer version', async () => {
      const old = aDocument({ name: { en: 'Volcano' } })
      await test.index.apply([put(old)], at(1))
      await test.index.apply([put({ ...old, sequence: 2, resource: { ...old.resource, name: { en: 'Glacier' } } })], at(2))
      await test.settle()
      expect(await idsOf(test.index, 'volcano')).toEqual([])
      expect(await idsOf(test.index, 'glacier')).toEqual([old.id])
    })

    it('does not go back in time when an older write comes late, in a later batch or in the same', async () => {
      const old = aDocument({ name: { en: 'Volcano' }, sequence: 3 })
      const newer = { ...old, sequence: 5, resource: { ...old.resource, name: { en: 'Glacier' } } }
      await test.index.apply([put(newer)], at(5))
      await test.index.apply([put(old)], at(5))
      await test.index.apply([put(newer), put(old)], at(5))
      await test.index.apply([del(old.id, 4)], at(5))
      await test.settle()
      expect(await idsOf(test.index, 'volcano')).toEqual([])
      expect(await idsOf(test.index, 'glacier')).toEqual([old.id])
    })

    it('forgets what was deleted, and keeps it so when an older write comes late', async () => {
      const document = aDocument({ name: { en: 'Volcano' } })
      const other = aDocument({ name: { en: 'Volcano ash' } })
      await test.index.apply([put(document), put(other)], at(1))
      await test.index.apply([del(document.id, 2)], at(2))
      await test.index.apply([put(document)], at(2))
      await test.settle()
      expect(await idsOf(test.index, 'volcano')).toEqual([other.id])
    })

    it('takes a deleted resource back when it is put again', async () => {
      const document = aDocument({ name: { en: 'Volcano' } })
      await test.index.apply([put(document)], at(1))
      await test.index.apply([del(document.id, 2)], at(2))
      await test.index.apply([put({ ...document, sequence: 3 })], at(3))
      await test.settle()
      expect(await idsOf(test.index, 'volcano')).toEqual([document.id])
    })

    it('takes repeated writes and the deletion of what it never had', async () => {
      const document = aDocument({ name: { en: 'Volcano' } })
      await test.index.apply([put(document), del('urn:edufed:a.example:unknown', 2)], at(2))
      await test.index.apply([put(document), del('urn:edufed:a.example:unknown', 2)], at(2))
      await test.settle()
      expect(await idsOf(test.index, 'volcano')).toEqual([document.id])
      expect((await test.index.status()).documents).toBe(1)
    })

    it('takes resources with very long ids, titles and descriptions', async () => {
      const id = `urn:edufed:a.example:${'%E6%95%B0'.repeat(300)}`
      const documents = [
        aDocument({ id: `${id}1`, name: { en: `Volcano ${'a'.repeat(40_000)}` } }),
        aDocument({
          id: `${id}2`,
          name: { 'zh-Hans': '火山'.repeat(20_000), en: 'Volcano' },
          description: { 'zh-Hans': '岩浆'.repeat(50_000) },
        }),
      ]
      await test.index.apply(documents.map(put), at(1))
      await test.settle()
      expect((await idsOf(test.index, 'volcano')).sort()).toEqual([`${id}1`, `${id}2`])
      await test.index.apply([del(`${id}1`, 2)], at(2))
      await test.settle()
      expect(await idsOf(test.index, 'volcano')).toEqual([`${id}2`])
    })

    it('says that it is available and how many resources it has', async () => {
      await test.index.apply([put(aDocument()), put(aDocument())], at(2))
      await test.settle()
      expect(await test.index.status()).toEqual({ isAvailable: true, documents: 2 })
    })
  })
}
