import { Agent, request as httpRequest } from 'node:http'
import { loadavg } from 'node:os'
import type { FacetName } from '@edufed/sdk/schemas'
import { anonymousViewer } from '../packages/server/src/catalog/viewer.js'
import { createElasticsearchIndex } from '../packages/server/src/search/elasticsearch/index.js'
import { toSearchRequest } from '../packages/server/src/search/elasticsearch/search-request.js'
import { toBulkLines } from '../packages/server/src/search/elasticsearch/to-index-document.js'
import type { IndexOperation, ResolvedSearchQuery, SearchIndex } from '../packages/server/src/search/search-index.js'
import { understandQuery } from '../packages/server/src/search/understanding/understand-query.js'
import { generateQueries, generateResource } from './generate-resources.js'

const facets: FacetName[] = ['subject', 'stage', 'grade', 'edition', 'type', 'language', 'level', 'source']
const batchSize = 2_000
/** Turns of each measurement. */
const rounds = 3
const prefix = 'bench'
const url = process.env.EDUFED_TEST_ELASTICSEARCH_URL
const agent = new Agent({ keepAlive: true })

/** Times filling and searching through the adapter against the same requests sent bare; prints a table, asserts nothing. */
async function benchmarkElasticsearch(records: number): Promise<void> {
  const index = createElasticsearchIndex({ nodes: [url!], indexPrefix: prefix, replicas: 0, requestTimeoutMs: 60_000 })
  const rows: Record<string, Record<string, string>> = { 'load average before': { ours: loadavg()[0]!.toFixed(2) } }
  await removeAll()
  try {
    await compareFilling(index, records, rows)
    await compareSearching(index, rows)
    const suggestions = await times(generateQueries(200), 1, (text) =>
      index.suggest({ text: text.slice(0, 2), lang: 'zh-Hans', limit: 8 }, anonymousViewer),
    )
    rows['suggest, 1 client, p95'] = { ours: `${at(suggestions, 0.95).toFixed(1)} ms` }
  } finally {
    await index.close()
    await removeAll()
    agent.destroy()
  }
  console.log(`Elasticsearch, ${records} generated records`)
  console.table(rows)
}

/** Fills by turns, the first turn being for warming up: a server that runs for a while indexes several times as fast as a new one. */
async function compareFilling(index: SearchIndex, records: number, rows: Record<string, Record<string, string>>): Promise<void> {
  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round <= rounds; round++) {
    bare.push(await fillBare(records))
    ours.push(await fillOurs(index, records))
  }
  rows['records a second, source to searchable'] = compare(records / median(ours.slice(1)), records / median(bare.slice(1)), (value) =>
    Math.round(value).toString(),
  )
}

/** From resources to a searchable index. Returns seconds; what making the resources takes is not counted. */
async function fillOurs(index: SearchIndex, records: number): Promise<number> {
  let generating = 0
  const taken = await timeOf(async () => {
    const build = await index.startBuild()
    for (let from = 0; from < records; from += batchSize) {
      const startedAt = performance.now()
      const batch = operations(from, Math.min(from + batchSize, records))
      generating += (performance.now() - startedAt) / 1_000
      await build.apply(batch)
    }
    await build.finish({ epoch: 'bench', sequence: records })
  })
  return taken - generating
}

/** The same searches through the adapter and as the requests that it sends, made beforehand. */
async function compareSearching(index: SearchIndex, rows: Record<string, Record<string, string>>): Promise<void> {
  const queries = generateQueries(200).map(toQuery)
  const bodies = queries.map((query) => JSON.stringify(toSearchRequest(query, understandQuery(query).terms, anonymousViewer, 60_000)))
  const search = (query: ResolvedSearchQuery) => index.search(query, anonymousViewer)
  for (let round = 0; round < 3; round++) {
    await times(bodies, 2, bareSearch)
    await times(queries, 2, search)
  }
  for (const clients of [1, 8, 32]) {
    const ours: number[] = []
    const raw: number[] = []
    // In turns, so that both meet the same load.
    for (let round = 0; round < rounds; round++) {
      raw.push(...(await times(bodies, clients, bareSearch)))
      ours.push(...(await times(queries, clients, search)))
    }
    for (const share of [0.5, 0.95])
      rows[`search, 8 facets, ${clients} clients, p${share * 100}`] = compare(
        at(ours, share),
        at(raw, share),
        (value) => `${value.toFixed(1)} ms`,
      )
  }
}

function operations(from: number, until: number): IndexOperation[] {
  return Array.from({ length: until - from }, (_, number) => {
    const resource = generateResource(from + number)
    const { sourceId, level, sourceIdentifier } = resource.provenance
    const sources = [{ id: sourceId, name: sourceId, level, identifier: sourceIdentifier }]
    return { type: 'put', document: { id: resource.id, sequence: from + number + 1, resource, sources, visibleTo: 'public' } }
  })
}

/** The same documents, analysed beforehand, sent to an index of the same mapping. Returns seconds of sending alone. */
async function fillBare(records: number): Promise<number> {
  const name = `${prefix}-resources-v1-1`
  await send('PUT', `/${name}`, { settings: { number_of_replicas: 0, refresh_interval: '-1' } })
  let seconds = 0
  for (let from = 0; from < records; from += batchSize) {
    let text = ''
    for await (const { bytes } of toBulkLines(operations(from, Math.min(from + batchSize, records)))) text += bytes.toString()
    seconds += await timeOf(() => send('POST', `/${name}/_bulk?filter_path=errors`, text))
  }
  seconds += await timeOf(() => send('POST', `/${name}/_refresh`))
  await send('DELETE', `/${name}`)
  return seconds
}

function bareSearch(body: string): Promise<unknown> {
  return send('POST', `/${prefix}-resources/_search`, body, 'application/json')
}

function toQuery(text: string): ResolvedSearchQuery {
  return { text, lang: 'zh-Hans', limit: 20, sort: 'relevance', facets, filters: {} }
}

async function times<T>(queries: readonly T[], clients: number, run: (query: T) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = []
  const left = [...queries]
  const client = async () => {
    for (let query = left.pop(); query !== undefined; query = left.pop()) {
      const one = query
      taken.push((await timeOf(() => run(one))) * 1_000)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return taken
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1_000
}

function at(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)]!
}

function median(values: readonly number[]): number {
  return at(values, 0.5)
}

function compare(ours: number, raw: number, show: (value: number) => string): Record<string, string> {
  return { ours: show(ours), raw: show(raw), ratio: (ours / raw).toFixed(2) }
}

async function removeAll(): Promise<void> {
  const indices = (await send('GET', `/${prefix}-*/_alias`)) as object
  for (const name of Object.keys(indices)) await send('DELETE', `/${name}`)
  await send('DELETE', `/_index_template/${prefix}-resources`)
}

function send(method: string, path: string, body?: object | string, type?: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': type ?? (typeof body === 'string' ? 'application/x-ndjson' : 'application/json') }
    const request = httpRequest(new URL(path, url), { method, agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())))
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
}

if (url) await benchmarkElasticsearch(Number(process.argv[2] ?? 100_000))
else console.log('skipped: no Elasticsearch (set EDUFED_TEST_ELASTICSEARCH_URL)')
