import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FacetName, ResourceDraft } from '@edufed/sdk/schemas'
import { type Adapters, closeAdapters, limitHeapGrowth, openAdapters, readConfig } from '@edufed/server'
import { generateQueries, generateResource } from './generate-resources.js'

const facets: FacetName[] = ['subject', 'stage', 'grade', 'edition', 'type', 'language', 'level', 'source']
const batchSize = 500
const source = { id: 'bench', authority: 'bench.example', level: 'provincial', region: '650000', defaultScope: 'public' } as const
const descriptive = [
  ...['name', 'description', 'keywords', 'inLanguage', 'about', 'educationalLevel', 'textbookEdition', 'volume', 'learningResourceType'],
  ...['creator', 'publisher', 'url', 'dateModified', 'license'],
] as (keyof ResourceDraft)[]

/**
 * Writes generated records through ingest, as a harvest does, while the indexer follows, until the last one is found;
 * then times searches, idle and beside more writing. Prints a table, asserts nothing.
 */
async function benchmarkIngest(records: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'edufed-bench-'))
  const config = readConfig({ EDUFED_DATA_DIR: directory, EDUFED_LOG_LEVEL: 'warn' })
  const rows: Record<string, string> = { 'load average before': loadavg()[0]!.toFixed(2) }
  let node = await startNode(config)
  try {
    rows['memory before'] = megabytes(process.memoryUsage().rss)
    const filled = await measure(() => fill(node.adapters, 0, records))
    rows['records a second, written and findable'] = (records / filled.seconds).toFixed(0)
    rows['CPU time a record'] = `${((filled.cpuSeconds / records) * 1e6).toFixed(0)} µs, ${filled.generating} of it to generate it`
    rows['seconds until the last was written, was findable'] = `${filled.written.toFixed(1)}, ${filled.seconds.toFixed(1)}`
    rows['memory at most'] = megabytes(process.resourceUsage().maxRSS * 1024)
    for (const [name, size] of sizesOf(directory))
      rows[`size of ${name}`] = `${megabytes(size)}, ${Math.round(size / records)} bytes a record`

    const queries = generateQueries(200)
    const search = (text: string) => searchFor(node.adapters, text)
    Object.assign(rows, named('search, 8 facets, first time', await time(queries, search)))
    const idle = await time(queries, search)
    Object.assign(rows, named('search, 8 facets, idle', idle))
    const busy = await searchWhileWriting(node.adapters, records, queries)
    Object.assign(rows, named('search, 8 facets, while records are written', busy.times))
    rows['p95 while written ÷ idle'] = (at(busy.times, 0.95) / at(idle, 0.95)).toFixed(2)
    rows['records a second beside the searches'] = busy.recordsASecond.toFixed(0)
    rows['memory at most, with searches'] = megabytes(process.resourceUsage().maxRSS * 1024)

    await node.stop()
    const reopened = performance.now()
    node = await startNode(config)
    await searchFor(node.adapters, '数学')
    rows['open and first search'] = `${(performance.now() - reopened).toFixed(0)} ms`
  } finally {
    await node.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  rows['load average after'] = loadavg()[0]!.toFixed(2)
  console.log(`Ingest to searchable, embedded, ${records} generated records`)
  console.table(rows)
}

async function startNode(config: ReturnType<typeof readConfig>): Promise<{ adapters: Adapters; stop: () => Promise<void> }> {
  const adapters = await openAdapters(config)
  const controller = new AbortController()
  const following = adapters.indexer.run(controller.signal)
  let stopped: Promise<void> | undefined
  const stop = async () => {
    controller.abort()
    await following
    await closeAdapters(adapters)
  }
  return {
    adapters,
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}

interface Filled {
  generating: string
  written: number
}

async function fill({ ingest, catalog, indexer }: Adapters, from: number, until: number): Promise<Filled> {
  const started = performance.now()
  let generating = 0
  for (let start = from; start < until; start += batchSize) {
    const before = performance.now()
    const items = itemsOf(start, Math.min(start + batchSize, until))
    generating += performance.now() - before
    await ingest.write(source, items)
  }
  const written = (performance.now() - started) / 1000
  await indexer.waitUntilSearchable(await catalog.lastSequence())
  return { generating: ((generating / (until - from)) * 1000).toFixed(0), written }
}

/** Makes records without holding up the searches: where they come from otherwise is another thread. */
async function itemsInTurns(from: number, until: number) {
  const items: ReturnType<typeof itemsOf> = []
  for (let start = from; start < until; start += 50) {
    items.push(...itemsOf(start, Math.min(start + 50, until)))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return items
}

function itemsOf(from: number, until: number) {
  return Array.from({ length: until - from }, (_, index) => {
    const resource = generateResource(from + index)
    const draft = Object.fromEntries(descriptive.map((name) => [name, resource[name]])) as unknown as ResourceDraft
    return { identifier: `record-${from + index}`, metadataPrefix: 'oai_dc', resource: draft }
  })
}

async function measure<T>(work: () => Promise<T>): Promise<T & { seconds: number; cpuSeconds: number }> {
  const cpu = process.cpuUsage()
  const started = performance.now()
  const result = await work()
  const { user, system } = process.cpuUsage(cpu)
  return { ...result, seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 }
}

/** Searches one after the other while ingest and indexer have always something to do. */
async function searchWhileWriting(
  adapters: Adapters,
  from: number,
  queries: readonly string[],
): Promise<{ times: number[]; recordsASecond: number }> {
  let isSearching = true
  let next = from
  const started = performance.now()
  const writing = (async () => {
    for (; isSearching; next += batchSize) await adapters.ingest.write(source, await itemsInTurns(next, next + batchSize))
  })()
  const times = await time([...queries, ...queries], (text) => searchFor(adapters, text))
  isSearching = false
  await writing
  return { times, recordsASecond: ((next - from) / (performance.now() - started)) * 1000 }
}

function searchFor({ searchIndex }: Adapters, text: string): Promise<unknown> {
  return searchIndex.search({ text, lang: 'zh-Hans', limit: 20, sort: 'relevance', facets, filters: {} }, { sees: ['public'] })
}

async function time(queries: readonly string[], run: (text: string) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (const query of queries) {
    const started = performance.now()
    await run(query)
    times.push(performance.now() - started)
  }
  return times.sort((a, b) => a - b)
}

function named(name: string, times: readonly number[]): Record<string, string> {
  return { [`${name}: p50, p95, longest`]: [0.5, 0.95, 1].map((share) => `${at(times, share).toFixed(1)} ms`).join(', ') }
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

/** The database and the search index, each with what SQLite keeps beside it. */
function sizesOf(directory: string): [string, number][] {
  const bytesIn = (folder: string) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, { name }) => sum + statSync(join(folder, name)).size, 0)
  return [
    ['the database', bytesIn(directory)],
    ['the search index', bytesIn(join(directory, 'search'))],
  ]
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}

// As the command `edufed serve` does.
limitHeapGrowth()
await benchmarkIngest(Number(process.argv[2] ?? 100_000))
