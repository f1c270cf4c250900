import { Agent, request as httpRequest } from 'node:http'
import { loadavg } from 'node:os'
import type { FacetName } from '@edufed/sdk/schemas'
import { anonymousViewer } from '../packages/server/src/catalog/viewer.js'
import { analyzeQuery } from '../packages/server/src/search/analysis/index.js'
import { createElasticsearchIndex } from '../packages/server/src/search/elasticsearch/index.js'
import { toSearchRequest } from '../packages/server/src/search/elasticsearch/search-request.js'
import { toBulkLines } from '../packages/server/src/search/elasticsearch/to-index-document.js'
import type { IndexOperation, ResolvedSearchQuery } from '../packages/server/src/search/search-index.js'
import { generateQueries, generateResource } from './generate-resources.js'

const facets: FacetName[] = ['subject', 'stage', 'grade', 'edition', 'type', 'language', 'level', 'source']
const batchSize = 2_000
const prefix = 'bench'
const url = process.env.EDUFED_TEST_ELASTICSEARCH_URL
const agent = new Agent({ keepAlive: true })

/** Times filling and searching through the adapter against the same requests sent bare; prints a table, asserts nothing. */
async function benchmarkElasticsearch(records: number): Promise<void> {
  const index = createElasticsearchIndex({ nodes: [url!], indexPrefix: prefix, replicas: 0, requestTimeoutMs: 60_000 })
  const rows: Record<string, Record<string, string>> = { 'load average before': { ours: loadavg()[0]!.toFixed(2) } }
  await removeAll()
  try {
    const filled = await timeOf(async () => {
      const build = await index.startBuild()
      for (let from = 0; from < records; from += batchSize) await build.apply(operations(from, Math.min(from + batchSize, records)))
      await build.finish({ epoch: 'bench', sequence: records })
    })
    const bare = await fillBare(records)
    rows['records a second, source to searchable'] = compare(records / filled, records / bare, (value) => Math.round(value).toString())
    const queries = generateQueries(200).map(toQuery)
    for (const query of queries) await index.search(query, anonymousViewer)
    for (const clients of [1, 8, 32]) {
      const ours: number[] = []
      const raw: number[] = []
      // In turns, so that both meet the same load.
      for (let round = 0; round < 3; round++) {
        raw.push(...(await times(queries, clients, bareSearch)))
        ours.push(...(await times(queries, clients, (query) => index.search(query, anonymousViewer))))
      }
      for (const share of [0.5, 0.95])
        rows[`search, 8 facets, ${clients} clients, p${share * 100}`] = compare(
          at(ours, share),
          at(raw, share),
          (value) => `${value.toFixed(1)} ms`,
        )
    }
    const suggestions = await times(queries, 1, ({ text }) =>
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
    for await (const line of toBulkLines(operations(from, Math.min(from + batchSize, records)))) text += `${line.text}\n`
    seconds += await timeOf(() => send('POST', `/${name}/_bulk?filter_path=errors`, text))
  }
  seconds += await timeOf(() => send('POST', `/${name}/_refresh`))
  await send('DELETE', `/${name}`)
  return seconds
}

function bareSearch(query: ResolvedSearchQuery): Promise<unknown> {
  return send('POST', `/${prefix}-resources/_search`, toSearchRequest(query, analyzeQuery(query.text), anonymousViewer, 60_000))
}

function toQuery(text: string): ResolvedSearchQuery {
  return { text, lang: 'zh-Hans', limit: 20, sort: 'relevance', facets, filters: {} }
}

async function times(
  queries: readonly ResolvedSearchQuery[],
  clients: number,
  run: (query: ResolvedSearchQuery) => Promise<unknown>,
): Promise<number[]> {
  const taken: number[] = []
  const left = [...queries]
  const client = async () => {
    for (let query = left.pop(); query; query = left.pop()) {
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

function compare(ours: number, raw: number, show: (value: number) => string): Record<string, string> {
  return { ours: show(ours), raw: show(raw), ratio: (ours / raw).toFixed(2) }
}

async function removeAll(): Promise<void> {
  const indices = (await send('GET', `/${prefix}-*/_alias`)) as object
  for (const name of Object.keys(indices)) await send('DELETE', `/${name}`)
  await send('DELETE', `/_index_template/${prefix}-resources`)
}

function send(method: string, path: string, body?: object | string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': typeof body === 'string' ? 'application/x-ndjson' : 'application/json' }
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
