import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeCursor } from '../../../src/search/cursor.js'
import type { ResolvedSearchQuery } from '../../../src/search/search-index.js'
import { aDocument, allIds, idsOf, put, search } from '../../support/search-documents.js'
import type { OpenTestIndex, TestIndex } from '../../support/search-engines.js'

const many = 12_000
const refused = expect.objectContaining({ code: 'EDUFED_CURSOR_INVALID', status: 400 })

export function pagingContract(open: OpenTestIndex): void {
  describe('paging', () => {
    let test: TestIndex
    const documents = Array.from({ length: many }, (_, at) =>
      aDocument({
        sequence: at + 1,
        name: { en: at % 3 === 0 ? `Orchard tree ${at}` : 'Orchard' },
        dateModified: new Date(Date.UTC(2020, 0, 1 + (at % 700))).toISOString(),
      }),
    )
    beforeAll(async () => {
      test = await open()
      for (let at = 0; at < many; at += 1_000)
        await test.index.apply(documents.slice(at, at + 1_000).map(put), { epoch: 'e', sequence: at + 1_000 })
      await test.settle()
    }, 180_000)
    afterAll(() => test.remove())

    it.each<Partial<ResolvedSearchQuery>>([
      { text: 'orchard', sort: 'relevance' },
      { text: 'orchard', sort: 'date' },
      { text: '', sort: 'relevance' },
      { text: '', sort: 'date' },
    ])(
      'reads all 12,000 hits by cursor, none twice, none lost: %j',
      async (query) => {
        const ids = await allIds(test.index, { ...query, limit: 100 })
        expect(ids).toHaveLength(many)
        expect(new Set(ids).size).toBe(many)
      },
      120_000,
    )

    it('lists the newest first when sorted by date', async () => {
      const dates: string[] = []
      const first = await search(test.index, { text: 'orchard', sort: 'date', limit: 60 })
      const second = await search(test.index, { text: 'orchard', sort: 'date', limit: 60, cursor: first.cursor! })
      for (const hit of [...first.hits, ...second.hits]) dates.push(hit.resource.dateModified!)
      expect(dates).toEqual([...dates].sort().reverse())
      expect(dates[0]).toBe('2021-11-30T00:00:00.000Z')
    })

    it('counts all hits on every page and gives no cursor on the last', async () => {
      const tree = { text: '"tree 300"', limit: 1 }
      const only = await search(test.index, tree)
      expect(only).toMatchObject({ total: 1 })
      expect(only.cursor).toBeUndefined()
      const first = await search(test.index, { text: 'orchard', limit: 10 })
      const second = await search(test.index, { text: 'orchard', limit: 10, cursor: first.cursor! })
      expect([first.total, second.total]).toEqual([many, many])
    })

    it('lets the size of the page and the facets change from page to page', async () => {
      const first = await search(test.index, { text: 'orchard', limit: 10 })
      const second = await search(test.index, { text: 'orchard', limit: 15, cursor: first.cursor!, facets: ['level'] })
      const both = await idsOf(test.index, { text: 'orchard', limit: 25 })
      expect([...first.hits, ...second.hits].map((hit) => hit.id)).toEqual(both)
    })

    it('gives total and facets without hits when the page has size 0', async () => {
      const { total, hits, facets } = await search(test.index, { text: 'orchard', limit: 0, facets: ['level'] })
      expect(total).toBe(many)
      expect(hits).toEqual([])
      expect(facets.level).toEqual([{ value: 'school', count: many }])
    })

    it('refuses a cursor of another query, a mangled one and one made up', async () => {
      const query = { text: 'orchard', limit: 5 }
      const { cursor } = await search(test.index, query)
      await expect(search(test.index, { ...query, text: 'orchards', cursor: cursor! })).rejects.toEqual(refused)
      await expect(search(test.index, { ...query, sort: 'date', cursor: cursor! })).rejects.toEqual(refused)
      await expect(search(test.index, { ...query, filters: { level: ['school'] }, cursor: cursor! })).rejects.toEqual(refused)
      await expect(search(test.index, { ...query, cursor: `${cursor!.slice(0, -3)}AAA` })).rejects.toEqual(refused)
      await expect(search(test.index, { ...query, cursor: 'AAAA' })).rejects.toEqual(refused)
      await expect(search(test.index, { ...query, cursor: '' })).rejects.toEqual(refused)
      await expect(search(test.index, { ...query, cursor: encodeCursor({ after: [1, 'x'] }, 'another list') })).rejects.toEqual(refused)
    })

    it('goes on while resources come and go between pages, without repeating what stays', async () => {
      const own = await open()
      try {
        const lake = Array.from({ length: 60 }, (_, at) => aDocument({ sequence: at + 1, name: { en: `Lake ${at}` } }))
        await own.index.apply(lake.map(put), { epoch: 'e', sequence: 60 })
        await own.settle()
        const query = { text: 'lake', sort: 'date', limit: 20 } as const
        const first = await search(own.index, query)
        const gone = first.hits[3]!.id
        await own.index.apply([{ type: 'delete', id: gone, sequence: 61 }, put(aDocument({ sequence: 62, name: { en: 'Lake new' } }))], {
          epoch: 'e',
          sequence: 62,
        })
        await own.settle()
        const rest = await allIds(own.index, { ...query, cursor: first.cursor! })
        const seen = [...first.hits.map((hit) => hit.id), ...rest]
        expect(new Set(seen).size).toBe(seen.length)
        for (const document of lake) expect(seen).toContain(document.id)
      } finally {
        await own.remove()
      }
    })
  })
}
