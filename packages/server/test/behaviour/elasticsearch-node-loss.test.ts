import { afterAll, beforeAll, expect, it } from 'vitest'
import { createElasticsearchIndex } from '../../src/search/elasticsearch/index.js'
import type { SearchIndex } from '../../src/search/search-index.js'
import { verifyIndex } from '../../src/search/verify-index.js'
import { type IndexedCatalog, openIndexedCatalog } from '../support/indexed-catalog.js'
import { search } from '../support/search-documents.js'
import { elasticsearchNodes } from '../support/search-engines.js'

const before = Array.from({ length: 200 }, (_, at) => `Meadow of before ${at}`)
const batches = Array.from({ length: 60 }, (_, batch) => Array.from({ length: 20 }, (_, at) => `Meadow ${batch}-${at}`))
const killedAt = 15

let index: SearchIndex
let node: IndexedCatalog

beforeAll(async () => {
  if (elasticsearchNodes.length < 3) return
  index = createElasticsearchIndex({
    nodes: elasticsearchNodes.map(({ url }) => url),
    indexPrefix: 'node-loss',
    shards: 3,
    replicas: 1,
    requestTimeoutMs: 10_000,
    bulkTimeoutMs: 20_000,
  })
  await index.open()
  node = await openIndexedCatalog(index, { batchSize: 40 })
  node.start()
  await node.indexer.waitUntilSearchable(await node.write(...before))
  await ask('/_cluster/health/node-loss-*?wait_for_status=green&timeout=60s')
}, 90_000)

afterAll(async () => {
  await node?.close()
  await index?.close()
})

it.skipIf(elasticsearchNodes.length < 3)(
  `loses nothing and goes on searching when one of three Elasticsearch nodes is killed${elasticsearchNodes.length < 3 ? ' (skipped: no Elasticsearch of three nodes)' : ''}`,
  { timeout: 90_000 },
  async () => {
    let isDone = false
    const totals: number[] = []
    const failures: string[] = []
    const searching = (async () => {
      while (!isDone) {
        await search(index, { text: 'meadow', facets: ['language'] }).then(
          ({ total }) => totals.push(total),
          (error: unknown) => failures.push(String(error)),
        )
      }
    })()
    let answeredWhenKilled = 0
    for (const [at, batch] of batches.entries()) {
      await node.write(...batch)
      // The whole of the log is not written ahead of the indexer, so that the node dies while documents are on their way.
      await expect
        .poll(async () => (await node.catalog.lastSequence()) - ((await lastIndexed()) ?? 0), { timeout: 60_000 })
        .toBeLessThan(200)
      if (at !== killedAt) continue
      answeredWhenKilled = totals.length
      process.kill(await pidOfMaster(), 'SIGKILL')
    }
    const all = before.length + batches.flat().length
    await node.indexer.waitUntilSearchable(await node.catalog.lastSequence(), { signal: AbortSignal.timeout(60_000) })
    isDone = true
    await searching

    expect(await verifyIndex({ catalog: node.catalog, index, isDryRun: true })).toMatchObject({
      documents: all,
      missing: 0,
      stale: 0,
      surplus: 0,
      pending: 0,
    })
    expect((await search(index, 'meadow')).total).toBe(all)
    expect(Math.min(...totals)).toBeGreaterThanOrEqual(before.length)
    expect(totals.length).toBeGreaterThan(answeredWhenKilled + 20)
    // A search that was on the dead node at that moment may say that it is to be asked again; the ones behind it are answered.
    expect(failures.length, failures.join('\n')).toBeLessThanOrEqual(3)
    for (const failure of failures) expect(failure).toContain('Elasticsearch')
  },
)

/** Undefined while nobody can say. */
function lastIndexed(): Promise<number | undefined> {
  return index.position().then(
    (position) => position?.sequence,
    () => undefined,
  )
}

/** The node that the others need most. */
async function pidOfMaster(): Promise<number> {
  const [master] = (await ask('/_cat/master?format=json')) as { id: string }[]
  const { nodes } = (await ask('/_nodes/http')) as { nodes: Record<string, { http: { publish_address: string } }> }
  const address = nodes[master!.id]!.http.publish_address
  return elasticsearchNodes.find(({ url }) => url.endsWith(address))!.pid
}

async function ask(path: string): Promise<unknown> {
  return await (await fetch(new URL(path, elasticsearchNodes[0]!.url))).json()
}
