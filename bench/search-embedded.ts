import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FacetName } from '@edufed/sdk/schemas'
import { anonymousViewer } from '../packages/server/src/catalog/viewer.js'
import { openSqliteDatabase } from '../packages/server/src/database/sqlite/open-sqlite-database.js'
import { PopularQueries, PopularQueryStore } from '../packages/server/src/modules/search/index.js'
import { Suggester } from '../packages/server/src/modules/search/suggester.js'
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
    Object.assign(rows, await timeSuggestions(index, directory, queries))
    let isFilling = true
    const filling = (async () => {
      let from = records
      for (; isFilling; from += 500) await fill(index, from, from + 500)
      return from
    })()
    Object.assign(rows, named('search while filling', await time(queries, (text) => search(index, text))))
    isFilling = false
    const filled = await filling
    rows['a change is found after'] = `${(await timeUpdates(index, filled)).toFixed(0)} ms at most`
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

/** What is typed is completed from its first character on: popular queries, subjects and titles, with and without filters. */
async function timeSuggestions(index: SearchIndex, directory: string, queries: readonly string[]): Promise<Record<string, string>> {
  const database = await openSqliteDatabase({ file: join(directory, 'popular.sqlite'), readers: 1 })
  try {
    await database.migrate()
    const store = new PopularQueryStore(database)
    const texts = [...new Set(generateQueries(5_000))].filter((text) => text !== '')
    await store.add(
      texts.map((text, at) => ({ language: 'zh', text, uses: 3 + (at % 90) })),
      new Date().toISOString(),
    )
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
    const suggester = new Suggester({ index, popular: new PopularQueries({ store, now: () => new Date(), log: silent }) })
    const typed = queries.flatMap((text) => [1, 2, 4].map((length) => [...text].slice(0, length).join(''))).filter(Boolean)
    const asked = [...typed, ...typed.slice(0, 100).map((_, at) => ['sjx', 'yiyuan', 'fen', 'wlhx', 'guangh'][at % 5]!)]
    const filters = { stage: ['junior-secondary'], language: ['zh-Hans'] }
    const suggest = (q: string) => suggester.suggest({ q, lang: 'zh-Hans' }, anonymousViewer)
    return {
      ...named('suggest, first time', await time(asked, suggest)),
      ...named('suggest, again', await time(asked, suggest)),
      ...named('suggest, 2 filters', await time(asked, (q) => suggester.suggest({ q, lang: 'zh-Hans', ...filters }, anonymousViewer))),
    }
  } finally {
    await database.close()
  }
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

/** The longest time from a changed record to a search that finds it changed, of ten. */
async function timeUpdates(index: SearchIndex, from: number): Promise<number> {
  let longest = 0
  for (let change = 0; change < 10; change++) {
    const resource = generateResource(change * 1000)
    const text = `revision${'abcdefghij'[change]}${from}`
    const document = {
      id: resource.id,
      sequence: from + change + 1,
      resource: { ...resource, name: { en: text } },
      sources: [],
      visibleTo: 'public',
    }
    const started = performance.now()
    await index.apply([{ type: 'put', document }], { epoch: 'bench', sequence: from + change + 1 })
    const { total } = await index.search({ text, lang: 'en', limit: 20, sort: 'relevance', facets: [], filters: {} }, anonymousViewer)
    if (total !== 1) throw new Error(`${total} records are called ${text}`)
    longest = Math.max(longest, performance.now() - started)
  }
  return longest
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
  return { [`${name}: p50`]: at(0.5), [`${name}: p95`]: at(0.95), [`${name}: p99`]: at(0.99), [`${name}: longest`]: at(1) }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}

await benchmarkEmbeddedSearch(Number(process.argv[2] ?? 100_000))
