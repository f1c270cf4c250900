import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSqliteSearchIndex } from '../../src/search/sqlite/sqlite-search-index.js'
import type { TestIndex } from './search-engines.js'

/** An embedded index in a folder of its own. */
export async function openSqliteSearch(): Promise<TestIndex & { directory: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'edufed-search-'))
  const index = createSqliteSearchIndex({ directory })
  await index.open()
  return {
    index,
    directory,
    settle: async () => await index.refresh?.(),
    remove: async () => {
      await index.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
