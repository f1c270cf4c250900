import type { CatalogStore } from '../catalog/catalog-store.js'
import { compareContents, someOf } from './compare-contents.js'
import { type ComparedPage, compareRange, type DifferenceKind } from './compare-range.js'
import { entryCheck } from './entry-check.js'
import type { IdRange, IndexEntry, SearchIndex } from './search-index.js'

export interface VerifyIndexOptions {
  catalog: CatalogStore
  index: SearchIndex
  /** Documents compared by one digest. @defaultValue 2,000 */
  rangeSize?: number
  /** Of so many documents of each range, chosen by chance, what they hold is compared, too. @defaultValue 20 */
  sampleSize?: number
  /** Only look, change nothing. */
  isDryRun?: boolean
  signal?: AbortSignal | undefined
  /** Told after each range: how many documents of the catalogue have been compared. */
  onProgress?: ((progress: { documents: number }) => void) | undefined
}

/** What comparing the index with the catalogue showed, and what was done about it. */
export interface IndexComparison {
  /** Documents of the catalogue that were compared. */
  documents: number
  /** Not in the index though they are in the catalogue. */
  missing: number
  /** In the index as they were before a later change. */
  stale: number
  /** In the index though they are not in the catalogue any more. */
  surplus: number
  /** Of those whose content was looked at: not what the catalogue has of the same change. */
  altered: number
  /** In the index as of a change that the catalogue does not know: it was set back. Only a new index sets that right. */
  ahead: number
  /** Not compared, since the index has not followed their last change yet. */
  pending: number
  healed: number
  /** Differences that are still there. */
  left: number
  /** Some of the differences. */
  examples: { id: string; kind: DifferenceKind; isHealed: boolean; reason?: string }[]
}

const longestExamples = 100

/**
 * Compares what is in the index with the catalogue, range by range of ids: first by count and digest, then, where these differ, document by
 * document, and heals what it finds. Of some documents the content is compared, other ones each time. It holds one range at a time, and index and catalogue may be written meanwhile.
 */
export async function verifyIndex(options: VerifyIndexOptions): Promise<IndexComparison> {
  const { catalog, index, rangeSize = 2_000, sampleSize = 20, isDryRun = false, signal, onProgress } = options
  const result: IndexComparison = { ...nothingCompared(), examples: [] }
  await index.refresh?.()
  for (let after: string | undefined; ; ) {
    signal?.throwIfAborted()
    const versions = await catalog.scanVersions({ limit: rangeSize, ...(after === undefined ? {} : { after }) })
    // Whatever the index has behind the last document belongs to the last range.
    const upTo = versions.length < rangeSize ? undefined : versions.at(-1)!.id
    const range: IdRange = { ...(after === undefined ? {} : { after }), ...(upTo === undefined ? {} : { upTo }) }
    if (!(await isAsInCatalog(index, range, versions)))
      await compareAndHeal(() => compareRange({ catalog, index, range, versions, pageSize: rangeSize }))
    const ids = someOf(versions, sampleSize).map(({ id }) => id)
    if (ids.length > 0) await compareAndHeal(() => compareContents({ catalog, index, ids }))
    result.documents += versions.length
    onProgress?.({ documents: result.documents })
    if (upTo === undefined) return result
    after = upTo
  }

  async function compareAndHeal(compare: () => AsyncIterable<ComparedPage>): Promise<void> {
    const examples = new Map<string, IndexComparison['examples'][number]>()
    let found = 0
    for await (const { differences, pending } of compare()) {
      signal?.throwIfAborted()
      result.pending += pending
      found += differences.length
      for (const { id, kind } of differences) {
        result[kind]++
        if (result.examples.length + examples.size < longestExamples) examples.set(id, { id, kind, isHealed: !isDryRun })
      }
      const repairs = differences.flatMap(({ repair }) => (repair ? [repair] : []))
      if (isDryRun || repairs.length === 0) continue
      for (const { id, reason } of await index.repair(repairs)) {
        const example = examples.get(id)
        if (example) example.reason = reason
      }
    }
    let left = isDryRun ? found : 0
    if (!isDryRun && found > 0) {
      for await (const { differences } of compare()) {
        left += differences.length
        for (const { id } of differences) {
          const example = examples.get(id)
          if (example) example.isHealed = false
        }
      }
    }
    result.healed += Math.max(0, found - left)
    result.left += left
    result.examples.push(...examples.values())
  }
}

export function nothingCompared(): Omit<IndexComparison, 'examples'> {
  return { documents: 0, missing: 0, stale: 0, surplus: 0, altered: 0, ahead: 0, pending: 0, healed: 0, left: 0 }
}

async function isAsInCatalog(index: SearchIndex, range: IdRange, versions: readonly IndexEntry[]): Promise<boolean> {
  const { documents, sum } = await index.digest(range)
  if (documents !== versions.length) return false
  return sum === versions.reduce((total, { id, sequence }) => total + entryCheck(id, sequence), 0)
}
