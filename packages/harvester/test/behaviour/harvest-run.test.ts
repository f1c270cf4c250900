import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { harvest } from '../../src/run/run-harvest.js'
import { harvestOai } from '../support/harvest-oai.js'
import { MemorySink } from '../support/memory-sink.js'
import { makeOaiRecords } from '../support/oai-records.js'
import { type OaiServer, startOaiServer } from '../support/oai-server.js'

let server: OaiServer
beforeAll(async () => {
  server = await startOaiServer()
})
afterAll(() => server.close())

describe('a run', () => {
  it('refuses settings that do not fit, before it asks anything', async () => {
    await expect(harvest({ kind: 'oai-pmh', settings: { url: 'ftp://x.example' } }, new MemorySink())).rejects.toMatchObject({
      code: 'EDUFED_SETTINGS_INVALID',
      message: expect.stringContaining('url'),
    })
    await expect(harvest({ kind: 'gopher', settings: {} }, new MemorySink())).rejects.toMatchObject({ code: 'EDUFED_CONNECTOR_UNKNOWN' })
  })

  it('refuses loopback as it refuses all private addresses, and says how to allow it', async () => {
    const report = await harvest({ kind: 'oai-pmh', settings: { url: server.url() } }, new MemorySink())
    expect(report).toMatchObject({
      state: 'failed',
      error: { code: 'EDUFED_FETCH_REFUSED_ADDRESS', fix: expect.stringContaining('--allow-network') },
    })
  })

  it('reports its progress with what the repository announced', async () => {
    const seen: unknown[] = []
    await harvestOai(server.url(), {
      onProgress: ({ counts, pages, expectedRecords }) => seen.push([counts.taken, pages, expectedRecords]),
    })
    expect(seen).toEqual([20, 40, 60, 80, 100].map((taken, index) => [taken, index + 1, 100]))
  })

  it('reports the values that no vocabulary knows by how often they came', async () => {
    const own = await startOaiServer({
      records: makeOaiRecords(6).map((record, index) => ({
        ...record,
        metadata: `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>a</dc:title><dc:subject>lilac</dc:subject><dc:subject>mauve</dc:subject>${index < 4 ? '<dc:subject>teal</dc:subject>' : ''}${index < 1 ? '<dc:type>teapot</dc:type>' : ''}</oai_dc:dc>`,
      })),
    })
    const { report } = await harvestOai(own.url())
    await own.close()
    const unmapped = report.issues.find(({ code }) => code === 'value.unmapped')
    expect(unmapped).toMatchObject({ count: 7, samples: own.records.map(({ identifier }) => identifier) })
    expect(unmapped?.values).toEqual([
      { value: 'lilac', count: 6 },
      { value: 'mauve', count: 6 },
      { value: 'teal', count: 4 },
      { value: 'teapot', count: 1 },
    ])
  })

  it('fetches the next page while the sink writes', async () => {
    const sink = new MemorySink()
    const before = server.requests.length
    let requestsWhileWriting = 0
    sink.onWrite = async (page) => {
      if (page > 0) return
      while (server.requests.length < before + 4) await new Promise((resolve) => setImmediate(resolve))
      requestsWhileWriting = server.requests.length - before
    }
    await harvestOai(server.url(), { sink })
    expect(requestsWhileWriting).toBe(4)
  })

  it.each([
    ['the sink hangs', (sink: MemorySink) => (sink.onWrite = () => new Promise<void>(() => {})), 'plain'],
    ['the repository hangs', () => {}, 'hang'],
  ])('stops within two seconds when %s', async (_, prepare, fault) => {
    const sink = new MemorySink()
    prepare(sink)
    const stop = new AbortController()
    const before = server.requests.length
    const run = harvestOai(server.url(fault), {
      sink,
      signal: stop.signal,
      fetcherOptions: { allowNetworks: ['127.0.0.0/8'], responseTimeoutMs: 60_000, idleTimeoutMs: 60_000 },
    })
    while (server.requests.length < before + 4) await new Promise((resolve) => setImmediate(resolve))
    const startedAt = performance.now()
    stop.abort()
    const { report } = await run
    expect(report.state).toBe('cancelled')
    expect(performance.now() - startedAt).toBeLessThan(2000)
  })

  it('ends partial with the fault of the sink, and the checkpoint of the last page that was kept', async () => {
    const sink = new MemorySink()
    sink.onWrite = (page) => {
      if (page === 2) throw new Error('disk full')
    }
    const { report } = await harvestOai(server.url(), { sink })
    expect(report).toMatchObject({
      state: 'partial',
      counts: { taken: 40 },
      error: { code: 'EDUFED_SINK_FAILED', message: expect.stringContaining('disk full') },
    })
    const rest = await harvestOai(server.url(), { checkpoint: report.checkpoint })
    expect([...sink.identifiers, ...rest.sink.identifiers]).toEqual(server.records.map((record) => record.identifier))
  })
})

describe('a run that is resumed where the repository has forgotten its token', () => {
  const isCutOff = async (url: string) => {
    const stop = new AbortController()
    const { report, sink } = await harvestOai(url, { signal: stop.signal, onProgress: ({ pages }) => pages === 2 && stop.abort() })
    expect(sink.identifiers).toHaveLength(40)
    server.forgetVisits()
    return { checkpoint: report.checkpoint, sink }
  }

  it('reads the list again, tells it, loses nothing, and gives what it takes twice with the same content', async () => {
    const first = await isCutOff(server.url('token-expired'))
    const { report, sink } = await harvestOai(server.url('token-expired'), { checkpoint: first.checkpoint })
    expect(report.state).toBe('completed')
    expect(new Set([...first.sink.identifiers, ...sink.identifiers])).toEqual(new Set(server.records.map(({ identifier }) => identifier)))
    expect(report.issues).toContainEqual(expect.objectContaining({ code: 'list.restarted', count: 1 }))
    expect(new Set(sink.identifiers).size).toBe(sink.identifiers.length)
    expect(sink.repeats).toEqual([40])
    const again = first.sink.items.map(({ identifier }) => sink.items.find((item) => item.identifier === identifier))
    expect(again).toEqual(first.sink.items)
  })

  it('does not take an empty answer for the end of a list that announced more', async () => {
    const { checkpoint } = await isCutOff(server.url())
    const [part] = (checkpoint?.parts ?? []) as object[]
    const { report, sink } = await harvestOai(server.url(), { checkpoint: { ...checkpoint, parts: [{ ...part, token: 'forgotten' }] } })
    expect(report.issues).toContainEqual(expect.objectContaining({ code: 'list.short', message: expect.stringContaining('100') }))
    expect(sink.end?.isFullList).toBe(false)
  })
})

describe('a run over a source that may be asked only in some hours', () => {
  const settings = { hours: '22:00-06:00', timeZone: 'UTC' }

  it('ends as paused outside of them without a request, and says when it goes on', async () => {
    const before = server.requests.length
    const now = () => new Date('2024-05-01T12:00:00Z')
    const { report } = await harvestOai(server.url(), { settings, now, whenClosed: 'end' })
    expect(report).toMatchObject({ state: 'paused', pausedUntil: '2024-05-01T22:00:00.000Z', counts: { taken: 0 } })
    expect(server.requests.length).toBe(before)
  })

  it('pauses where it is when they end, asks nothing more, and goes on without loss or double', async () => {
    let time = new Date('2024-05-01T23:00:00Z')
    const sink = new MemorySink()
    sink.onWrite = (page) => {
      if (page === 1) time = new Date('2024-05-02T06:00:00Z')
    }
    const { report } = await harvestOai(server.url(), { settings, sink, now: () => time, whenClosed: 'end' })
    expect(report).toMatchObject({ state: 'paused', pausedUntil: '2024-05-02T22:00:00.000Z' })
    const asked = server.requests.length
    time = new Date('2024-05-02T22:00:00Z')
    const rest = await harvestOai(server.url(), { settings, now: () => time, whenClosed: 'end', checkpoint: report.checkpoint })
    expect(rest.report.state).toBe('completed')
    expect([...sink.identifiers, ...rest.sink.identifiers]).toEqual(server.records.map((record) => record.identifier))
    expect(server.requests.length - asked).toBeLessThan(8)
  })

  it('waits for them where nobody takes it up again, tells so, and can be cancelled', async () => {
    const stop = new AbortController()
    const seen: (string | undefined)[] = []
    const { report } = await harvestOai(server.url(), {
      settings,
      now: () => new Date('2024-05-01T12:00:00Z'),
      signal: stop.signal,
      onProgress: ({ pausedUntil }) => {
        seen.push(pausedUntil)
        stop.abort()
      },
    })
    expect(seen).toEqual(['2024-05-01T22:00:00.000Z'])
    expect(report.state).toBe('cancelled')
  })

  it('goes on by itself when they begin', async () => {
    let time = new Date('2024-05-01T21:59:59.990Z')
    const { report } = await harvestOai(server.url(), {
      settings,
      now: () => time,
      onProgress: () => {
        time = new Date('2024-05-01T22:00:00Z')
      },
    })
    expect(report).toMatchObject({ state: 'completed', counts: { taken: 100 } })
  })
})
