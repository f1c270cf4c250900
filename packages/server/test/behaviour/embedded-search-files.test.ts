import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { aDocument, del, idsOf, put, search } from '../support/search-documents.js'
import { openSqliteSearch } from '../support/sqlite-search.js'

let test: Awaited<ReturnType<typeof openSqliteSearch>>
const searchFiles = () => readdirSync(test.directory).filter((name) => name.endsWith('.sqlite'))

describe('files of the embedded search', () => {
  afterEach(() => test.remove())

  it('find after a restart what they found before, and go on from the same position', async () => {
    test = await openSqliteSearch()
    const [kept, gone] = [aDocument({ name: { en: 'Volcano' } }), aDocument({ name: { en: 'Volcano ash' } })]
    await test.index.apply([put(kept), put(gone)], { epoch: 'e', sequence: 1 })
    await test.index.apply([del(gone.id, 2)], { epoch: 'e', sequence: 2 })
    await test.index.close()
    await test.index.open()
    expect(await test.index.position()).toEqual({ epoch: 'e', sequence: 2 })
    expect(await idsOf(test.index, 'volcano')).toEqual([kept.id])
    expect((await test.index.status()).documents).toBe(1)
  })

  it('are thrown away when damaged, and the index starts from nothing', async () => {
    test = await openSqliteSearch()
    await test.index.apply([put(aDocument())], { epoch: 'e', sequence: 1 })
    await test.index.close()
    writeFileSync(join(test.directory, searchFiles()[0]!), 'this is no database, not even a little one. '.repeat(100))
    await test.index.open()
    expect(await test.index.position()).toBeUndefined()
    expect(await test.index.status()).toEqual({ isAvailable: true, documents: 0 })
  })

  it('of a build that was never finished are removed at the next start', async () => {
    test = await openSqliteSearch()
    const document = aDocument({ name: { en: 'Volcano' } })
    await test.index.apply([put(document)], { epoch: 'e', sequence: 1 })
    await test.index.close()
    const [current] = searchFiles()
    writeFileSync(join(test.directory, 'search-9.sqlite'), 'half a build')
    await test.index.open()
    expect(searchFiles()).toEqual([current])
    expect(await idsOf(test.index, 'volcano')).toEqual([document.id])
  })

  it('answer searches while a large batch is being written', async () => {
    test = await openSqliteSearch()
    await test.index.apply([put(aDocument({ name: { en: 'Volcano' } }))], { epoch: 'e', sequence: 1 })
    await search(test.index, 'volcano')
    const order: string[] = []
    const batch = Array.from({ length: 5_000 }, (_, at) => put(aDocument({ name: { en: `Glacier ${at}` }, sequence: at + 2 })))
    const writing = test.index.apply(batch, { epoch: 'e', sequence: 5_001 }).then(() => order.push('written'))
    expect((await search(test.index, 'volcano')).total).toBe(1)
    order.push('found')
    await writing
    expect(order).toEqual(['found', 'written'])
    expect((await search(test.index, 'glacier')).total).toBe(5_000)
  })

  it('says that search is not available when it is closed', async () => {
    test = await openSqliteSearch()
    await test.index.close()
    await expect(search(test.index, 'volcano')).rejects.toMatchObject({ code: 'EDUFED_SEARCH_UNAVAILABLE', status: 503 })
    expect(await test.index.status()).toMatchObject({ isAvailable: false })
  })
})
