import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anonymousViewer, memberViewer, nodeViewer, type Viewer } from '../../../src/catalog/viewer.js'
import { aDocument, idsOf, put, search } from '../../support/search-documents.js'
import type { OpenTestIndex, TestIndex } from '../../support/search-engines.js'

const tokens = [
  'public',
  'alliance',
  'region:14',
  'region:1401',
  'region:140101',
  'region:65',
  'member:school-1',
  'member:school-2',
  'nobody',
]

export function visibilityContract(open: OpenTestIndex): void {
  describe('visibility', () => {
    let test: TestIndex
    const documents = tokens.map((visibleTo) => aDocument({ visibleTo, name: { en: `Secret garden of ${visibleTo}` } }))
    const tokenOf = new Map(documents.map((document) => [document.id, document.visibleTo]))
    beforeAll(async () => {
      test = await open()
      await test.index.apply(documents.map(put), { epoch: 'e', sequence: 1 })
      await test.settle()
    })
    afterAll(() => test.remove())

    const viewers: [who: string, viewer: Viewer, sees: string[]][] = [
      ['anonymous', anonymousViewer, ['public']],
      [
        'a member of a county',
        memberViewer({ id: 'school-1', region: '140101' }),
        tokens.filter((token) => !/nobody|65|school-2/.test(token)),
      ],
      ['a member without region', memberViewer({ id: 'school-2' }), ['public', 'alliance', 'member:school-2']],
      ['the node itself', nodeViewer, tokens],
      ['somebody who may see nothing', { sees: [] }, []],
    ]
    it.each(viewers)('shows %s only what they may see: in hits, total, facets and suggestions', async (_, viewer, sees) => {
      for (const text of ['', 'secret garden']) {
        const { total, hits, facets } = await search(test.index, { text, facets: ['level'], limit: 50 }, viewer)
        expect(hits.map((hit) => tokenOf.get(hit.id)).sort()).toEqual([...sees].sort())
        expect(total).toBe(sees.length)
        expect((facets.level ?? []).reduce((sum, { count }) => sum + count, 0)).toBe(sees.length)
      }
      const suggestions = await test.index.suggest({ text: 'secr', lang: 'en', limit: 20 }, viewer)
      expect(suggestions).toHaveLength(sees.length)
    })

    it('follows when a resource becomes visible to others', async () => {
      const document = aDocument({ visibleTo: 'alliance', name: { en: 'Moving picture' } })
      await test.index.apply([put(document)], { epoch: 'e', sequence: 2 })
      await test.settle()
      expect(await idsOf(test.index, 'moving picture', anonymousViewer)).toEqual([])
      await test.index.apply([put({ ...document, sequence: 3, visibleTo: 'public' })], { epoch: 'e', sequence: 3 })
      await test.settle()
      expect(await idsOf(test.index, 'moving picture', anonymousViewer)).toEqual([document.id])
    })
  })
}
