import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Adapters, closeAdapters } from '../../src/adapters.js'
import { readConfig } from '../../src/config.js'
import { openAdapters } from '../../src/open-adapters.js'
import { createDictionary, useDictionary } from '../../src/search/dictionary/dictionary.js'
import { aRecord } from '../support/a-record.js'
import { search } from '../support/search-documents.js'

describe('the words of an operator', () => {
  let folder: string
  let file: string
  const open = (env: Record<string, string> = {}) =>
    openAdapters(readConfig({ EDUFED_DATA_DIR: join(folder, 'data'), EDUFED_LOG_LEVEL: 'silent', ...env }))
  const titles = async ({ searchIndex }: Adapters) =>
    (await search(searchIndex, '阳光之家')).hits.map(({ resource }) => resource.name['zh-Hans']).sort()
  const indexed = async ({ indexer, catalog }: Adapters, work: () => Promise<void>) => {
    const controller = new AbortController()
    const running = indexer.run(controller.signal)
    await indexer.waitUntilSearchable(await catalog.lastSequence())
    await work()
    controller.abort()
    await running
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'edufed-words-'))
    file = join(folder, 'words.txt')
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
    useDictionary(createDictionary())
  })

  it('are searched for as a whole after the next start, and the old index answers until the new one is built', async () => {
    const before = await open()
    await before.catalog.writeRecords(
      ['阳光之家', '阳光课程与书香之家'].map((name, at) => aRecord(String(at), { text: name, draft: { name: { 'zh-Hans': name } } })),
    )
    await indexed(before, async () => expect(await titles(before)).toEqual(['阳光之家', '阳光课程与书香之家']))
    expect(await before.searchIndex.status()).toEqual({ isAvailable: true, documents: 2 })
    await closeAdapters(before)

    writeFileSync(file, '# 学校的项目\n阳光之家\n')
    const after = await open({ EDUFED_DICTIONARY_FILE: file })
    expect(await after.searchIndex.status()).toMatchObject({
      documents: 2,
      isOutdated: true,
      detail: expect.stringContaining('dictionary'),
    })
    expect(await after.searchIndex.position()).toBeUndefined()
    expect(await titles(after)).toContain('阳光之家')
    await indexed(after, async () => expect(await titles(after)).toEqual(['阳光之家']))
    expect(await after.searchIndex.status()).toEqual({ isAvailable: true, documents: 2 })
    await closeAdapters(after)

    const again = await open({ EDUFED_DICTIONARY_FILE: file })
    expect(await again.searchIndex.position()).toMatchObject({ sequence: 2 })
    await closeAdapters(again)
  }, 60_000)

  it('stop the start when a line of their file cannot be used', async () => {
    writeFileSync(file, '阳光之家\nsunshine home\n')
    await expect(open({ EDUFED_DICTIONARY_FILE: file })).rejects.toThrow(
      /words\.txt cannot be used:\n {2}line 2: 'sunshine' is not written/,
    )
  })
})
