import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFetcher } from '../../src/fetch/create-fetcher.js'
import type { HarvestReport } from '../../src/run/harvest.js'
import { createNdjsonSink } from '../../src/run/ndjson-sink.js'
import { harvest } from '../../src/run/run-harvest.js'
import { harvestOai } from '../support/harvest-oai.js'
import { type OaiServer, startOaiServer } from '../support/oai-server.js'

let server: OaiServer
beforeEach(async () => {
  server = await startOaiServer()
})
afterEach(() => server.close())

async function toLines(
  url: string,
  threads: number,
  onBytes: (bytes: Uint8Array) => Promise<void> = async () => {},
): Promise<{ lines: string; report: HarvestReport }> {
  let lines = ''
  const sink = createNdjsonSink({
    write: async (text) => {
      lines += text
    },
    writeBytes: async (bytes) => {
      lines += Buffer.from(bytes).toString('utf8')
      await onBytes(bytes)
    },
  })
  const fetcher = createFetcher({
    allowNetworks: ['127.0.0.0/8'],
    backoffMs: 1,
    maxPauseMs: 10,
    maxRetries: 2,
    idleTimeoutMs: 2000,
    responseTimeoutMs: 2000,
  })
  try {
    return { report: await harvest({ kind: 'oai-pmh', settings: { url, retryDelayMs: 1 } }, sink, { fetcher, threads }), lines }
  } finally {
    fetcher.close()
  }
}

describe('a harvest that reads its answers in threads', { timeout: 30_000 }, () => {
  it.each([
    'plain',
    'bare-ampersand',
    'broken-record',
    'truncated-always',
    'slow-query',
    'cut-off-once',
    'token-flaky',
    'token-same',
    'token-odd',
    'extra-token',
    'gzip',
  ])('%s: writes the same lines and reports the same', async (fault) => {
    const one = await toLines(server.url(fault), 0)
    server.forgetVisits()
    const two = await toLines(server.url(fault), 2)
    expect(two.lines === one.lines).toBe(true)
    const { startedAt, finishedAt } = one.report
    expect({ ...two.report, startedAt, finishedAt }).toEqual(one.report)
  })

  it('takes every record once when tokens expire', async () => {
    const { report, lines } = await toLines(server.url('token-expired'), 2)
    expect(report).toMatchObject({ state: 'completed', counts: { taken: 100 } })
    expect(lines.trim().split('\n')).toHaveLength(100)
  })

  it('gives items whose resource can be read as ever', async () => {
    const { sink } = await harvestOai(server.url(), { threads: 1 })
    const { sink: other } = await harvestOai(server.url())
    expect(sink.items.map((item) => JSON.parse(JSON.stringify(item)) as unknown)).toEqual(other.items)
    const resources = sink.items.map((item) => (item.type === 'record' ? item.resource : undefined))
    expect(resources).toEqual(other.items.map((item) => (item.type === 'record' ? item.resource : undefined)))
  })

  it('writes the lines of a page that was given back over with those of a later one, and never before', async () => {
    const parts: { bytes: Uint8Array; text: string }[] = []
    const { report } = await toLines(server.url(), 1, async (bytes) => {
      const text = Buffer.from(bytes).toString('utf8')
      // While a page is written, the thread goes on reading.
      await delay(5)
      parts.push({ bytes, text })
      expect(Buffer.from(bytes).toString('utf8')).toBe(text)
    })
    expect(report).toMatchObject({ state: 'completed', counts: { taken: 100 } })
    const lines = parts.flatMap(({ text }) => text.trim().split('\n'))
    expect(new Set(lines).size).toBe(100)
    // The first page is read before there are threads; the bytes of the others are the thread's again.
    expect(parts.map(({ bytes }) => bytes.byteLength > 0)).toEqual([true, false, false, false, false])
  })

  it('stops when it is cancelled', async () => {
    const stop = new AbortController()
    const run = harvestOai(server.url('token-ignored'), { threads: 2, signal: stop.signal, onProgress: () => stop.abort() })
    expect((await run).report.state).toBe('cancelled')
  })
})
