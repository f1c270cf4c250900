import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FacetName } from '@edufed/sdk/schemas'
import { anonymousViewer } from '../packages/server/src/catalog/viewer.js'
import type { SearchIndex } from '../packages/server/src/search/search-index.js'
import { createSqliteSearchIndex } from '../packages/server/src/search/sqlite/sqlite-search-index.js'
import { generateQueries, generateResource } from './generate-resources.js'

const facets: FacetName[] = ['subject', 'stage', 'grade', 'edition', 'type', 'language', 'level', 'source']
const batchSize = 1_000

/** Fills an embedded index with generated records and times searches; prints a table, asserts nothing. */
async function benchmarkEmbeddedSearch(records: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'edufed-bench-'))
  const index = createSqliteSearchIndex({ directory })
  const rows: Record<string, string> = { 'load average before': loadavg()[0]!.toFixed(2) }
  try {
    await index.open()
    const started = performance.now()
    for (let from = 0; from < records; from += batchSize) await fill(index, from, Math.min(from + batchSize, records))
    rows['records a second, applied'] = String(Math.round(records / ((performance.now() - started) / 1000)))
    rows['memory after filling'] = megabytes(process.memoryUsage().rss)
    rows['file size'] = megabytes(readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0))
    const queries = generateQueries(200)
    Object.assign(rows, named('search, 8 facets, first time', await time(queries, (text) => search(index, text))))
    Object.assign(rows, named('search, 8 facets, again', await time(queries, (text) => search(index, text))))
    Object.assign(
      rows,
      named(
        'suggest',
        await time(queries.map((text) => text.slice(0, 2)).filter(Boolean), (text) =>
          index.suggest({ text, lang: 'zh-Hans', limit: 8 }, anonymousViewer),
        ),
      ),
    )
    let isFilling = true
    const filling = (async () => {
      for (let from = records; isFilling; from += 500) await fill(index, from, from + 500)
    })()
    Object.assign(rows, named('search while filling', await time(queries, (text) => search(index, text))))
    isFilling = false
    await filling
    rows['memory at the end'] = megabytes(process.memoryUsage().rss)
    await index.close()
    const reopened = performance.now()
    await index.open()
    await search(index, '数学')
    rows['open and search'] = `${(performance.now() - reopened).toFixed(0)} ms`
  } finally {
    await index.close()
    rmSync(directory, { recursive: true, force: true })
  }
  console.log(`Embedded search, ${records} generated records`)
  console.table(rows)
}

async function fill(index: SearchIndex, from: number, until: number): Promise<void> {
  const operations = Array.from({ length: until - from }, (_, at) => {
    const resource = generateResource(from + at)
    const { sourceId, level, sourceIdentifier } = resource.provenance
    const sources = [{ id: sourceId, name: sourceId, level, identifier: sourceIdentifier }]
    return { type: 'put' as const, document: { id: resource.id, sequence: from + at + 1, resource, sources, visibleTo: 'public' } }
  })
  await index.apply(operations, { epoch: 'bench', sequence: until })
}

function search(index: SearchIndex, text: string): Promise<unknown> {
  return index.search({ text, lang: 'zh-Hans', limit: 20, sort: 'relevance', facets, filters: {} }, anonymousViewer)
}

async function time(inputs: readonly string[], run: (input: string) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (const input of inputs) {
    const started = performance.now()
    await run(input)
    times.push(performance.now() - started)
    if (process.env.EDUFED_BENCH_SLOW && times.at(-1)! > Number(process.env.EDUFED_BENCH_SLOW)) console.log(input, times.at(-1)!.toFixed(0))
  }
  return times.sort((a, b) => a - b)
}

function named(name: string, times: readonly number[]): Record<string, string> {
  const at = (share: number) => `${times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(1)} ms`
  return { [`${name}: p50`]: at(0.5), [`${name}: p95`]: at(0.95), [`${name}: longest`]: at(1) }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}

await benchmarkEmbeddedSearch(Number(process.argv[2] ?? 100_000))
