import { afterEach, describe, expect, it } from 'vitest'
import type { Checkpoint, HarvestItem } from '../../src/connectors/connector.js'
import type { HarvestReport } from '../../src/run/harvest.js'
import { harvestOai } from '../support/harvest-oai.js'
import { MemorySink } from '../support/memory-sink.js'
import { makeOaiRecords, type OaiRecord } from '../support/oai-records.js'
import { type OaiServer, type OaiServerOptions, startOaiServer } from '../support/oai-server.js'

let server: OaiServer
afterEach(() => server.close())

const start = async (options: OaiServerOptions = {}) => {
  server = await startOaiServer({ records: spread(makeOaiRecords(100)), pageSize: 5, ...options })
}

/** One record every 36 hours, instead of one a minute. */
function spread(records: OaiRecord[]): OaiRecord[] {
  const first = Date.UTC(2024, 0, 1)
  return records.map((record, index) => ({ ...record, datestamp: `${new Date(first + index * 129_600_000).toISOString().slice(0, 19)}Z` }))
}

const settings = { parallelWindows: 4 }
const identifiers = () => server.records.map(({ identifier }) => identifier).sort()
const codesOf = ({ issues }: HarvestReport) => issues.map(({ code }) => code)
const windowsOf = ({ requests }: OaiServer) => requests.filter((query) => /^verb=ListRecords&metadataPrefix.*&(from|until)=/.test(query))

/** Keeps what came with each page. */
class PageSink extends MemorySink {
  readonly pages: { items: HarvestItem[]; checkpoint: Checkpoint }[] = []

  override async write(page: Parameters<MemorySink['write']>[0]) {
    this.pages.push({ items: page.items, checkpoint: structuredClone(page.checkpoint) })
    return super.write(page)
  }
}

describe('a list that is read in several windows at a time', () => {
  it('gives what a list in one piece gives, each record once, with the same counts', async () => {
    await start()
    const one = await harvestOai(server.url())
    const several = await harvestOai(server.url(), { settings })
    const byIdentifier = (items: HarvestItem[]) => [...items].sort((a, b) => (a.identifier < b.identifier ? -1 : 1))
    expect(byIdentifier(several.sink.items)).toEqual(byIdentifier(one.sink.items))
    expect(several.report).toMatchObject({ state: 'completed', counts: one.report.counts, issues: one.report.issues, expectedRecords: 100 })
    expect(several.report.next).toEqual(one.report.next)
    expect([one.sink.end?.isFullList, several.sink.end?.isFullList]).toEqual([true, true])
    expect(windowsOf(server).length).toBeGreaterThanOrEqual(16)
  })

  it('asks so many questions at a time, and never more', async () => {
    let waiting = 0
    let release = () => {}
    const four = new Promise<void>((resolve) => {
      release = resolve
    })
    await start({
      hold: async (query) => {
        if (!query.has('from') && !query.has('until')) return
        if (++waiting === 4) release()
        await four
      },
    })
    const { report } = await harvestOai(server.url(), { settings, fetcherOptions: { responseTimeoutMs: 10_000 } })
    expect(report).toMatchObject({ state: 'completed', counts: { taken: 100 } })
    expect(server.mostAtATime).toBe(4)
  })

  it('asks up to eight at a time, without a warning of the runtime', async () => {
    const warnings: Error[] = []
    const note = (warning: Error) => warnings.push(warning)
    process.on('warning', note)
    await start()
    const { report } = await harvestOai(server.url(), { settings: { parallelWindows: 8 } })
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', note)
    expect(report.counts.taken).toBe(100)
    expect(server.mostAtATime).toBeLessThanOrEqual(8)
    expect(warnings.filter(({ message }) => message.includes('listeners'))).toEqual([])
  })

  it('asks one question at a time unless it is told otherwise', async () => {
    await start()
    await harvestOai(server.url())
    expect(server.mostAtATime).toBe(1)
    expect(windowsOf(server)).toEqual([])
  })

  it('leaves a list of one page as it is', async () => {
    await start({ pageSize: 100 })
    const { report } = await harvestOai(server.url(), { settings })
    expect(report.counts.taken).toBe(100)
    expect(server.requests.filter((query) => query.startsWith('verb=ListRecords'))).toHaveLength(1)
  })

  it('cuts on where most records are of one day', async () => {
    await start({ records: makeOaiRecords(400) })
    const { report, sink } = await harvestOai(server.url(), { settings })
    expect([...sink.identifiers].sort()).toEqual(identifiers())
    expect(report.counts.taken).toBe(400)
    const sizes = windowsOf(server).map((query) => {
      const [from, until] = ['from', 'until'].map((name) => new URLSearchParams(query).get(name))
      return server.records.filter(({ datestamp }) => datestamp >= (from ?? '') && datestamp <= (until ?? '9')).length
    })
    expect(sizes.filter((size) => size > 0 && size <= 50).length).toBeGreaterThanOrEqual(8)
  })

  it('reads its answers in threads', async () => {
    await start()
    const { report, sink } = await harvestOai(server.url(), { settings, threads: 2 })
    expect([...sink.identifiers].sort()).toEqual(identifiers())
    expect(report.counts.taken).toBe(100)
  })

  it('cuts a window in two that answers 502, while the others are read on', async () => {
    await start()
    const { report, sink } = await harvestOai(server.url('broken-window'), { settings })
    expect(report).toMatchObject({ state: 'completed', counts: { taken: 100 } })
    expect([...sink.identifiers].sort()).toEqual(identifiers())
    const halves = windowsOf(server).filter((query, index, all) => all.indexOf(query) === index)
    expect(halves.length).toBeGreaterThan(16)
    expect(codesOf(report)).toEqual(['list.sliced'])
  })

  it.each(['no-selection', 'dates-ignored'])('%s: is read in one piece, and told, each record once', async (fault) => {
    await start()
    const { report, sink } = await harvestOai(server.url(fault), { settings })
    expect(report).toMatchObject({ state: 'completed', counts: { taken: 100 } })
    expect([...sink.identifiers].sort()).toEqual(identifiers())
    expect(codesOf(report)).toContain('source.selectiveHarvesting')
  })

  it('is read in whole days where times with seconds are refused', async () => {
    await start()
    const { report, sink } = await harvestOai(server.url('no-seconds'), { settings })
    expect(report).toMatchObject({ state: 'completed', counts: { taken: 100 } })
    expect([...sink.identifiers].sort()).toEqual(identifiers())
    expect(windowsOf(server).at(-1)).toMatch(/(from|until)=\d{4}-\d\d-\d\d(&|$)/)
  })

  it.each(['slow-query', 'token-refused', 'truncated', 'token-expired', 'token-flaky', 'no-list-records'])(
    '%s: takes every record once',
    async (fault) => {
      await start()
      const { report, sink } = await harvestOai(server.url(fault), { settings })
      expect(report).toMatchObject({ state: 'completed', counts: { taken: 100 } })
      expect([...sink.identifiers].sort()).toEqual(identifiers())
    },
  )
})

describe('a run over several windows that was broken off', () => {
  it('goes on behind any of its pages without loss or double', async () => {
    await start()
    const sink = new PageSink()
    await harvestOai(server.url(), { settings, sink })
    const open = sink.pages.map(
      ({ checkpoint }) => (checkpoint.parts as { token?: string }[] | undefined)?.filter(({ token }) => token).length ?? 0,
    )
    expect(Math.max(...open)).toBeGreaterThan(1)
    for (const [index, { checkpoint }] of sink.pages.entries()) {
      const rest = await harvestOai(server.url(), { settings, checkpoint })
      const before = sink.pages.slice(0, index + 1).flatMap(({ items }) => items)
      expect([...before, ...rest.sink.items].map(({ identifier }) => identifier).sort()).toEqual(identifiers())
      expect(rest.report.state).toBe('completed')
      expect(rest.sink.end?.isFullList).toBe(true)
    }
  })

  it('tells how many records come again where the tokens of its windows are forgotten', async () => {
    await start()
    const stop = new AbortController()
    const first = await harvestOai(server.url(), { settings, signal: stop.signal, onProgress: ({ pages }) => pages === 8 && stop.abort() })
    const parts = (first.report.checkpoint?.parts ?? []) as { token?: string; taken: number }[]
    const open = parts.filter(({ token }) => token !== undefined)
    const forgotten = parts.map((part) => (part.token === undefined ? part : { ...part, token: '!' }))
    const rest = await harvestOai(server.url('token-unknown'), { settings, checkpoint: { ...first.report.checkpoint, parts: forgotten } })
    expect(rest.report.state).toBe('completed')
    expect(open.length).toBeGreaterThan(0)
    const again = open.reduce((sum, { taken }) => sum + taken, 0)
    expect(rest.sink.repeats.reduce((sum, count) => sum + count, 0)).toBe(again)
    expect(first.sink.identifiers.length + rest.sink.identifiers.length).toBe(100 + again)
    expect(rest.sink.end?.isFullList).toBe(true)
  })

  it('stops within two seconds while several answers are waited for, and goes on', async () => {
    let isHeld = true
    let waiting = 0
    const never = new Promise<void>(() => {})
    await start({ hold: (query) => (isHeld && query.has('resumptionToken') && ++waiting > 0 ? never : Promise.resolve()) })
    const stop = new AbortController()
    const run = harvestOai(server.url(), { settings, signal: stop.signal, fetcherOptions: { responseTimeoutMs: 60_000 } })
    while (waiting < 3) await new Promise((resolve) => setImmediate(resolve))
    const startedAt = performance.now()
    stop.abort()
    const { report, sink } = await run
    expect(report.state).toBe('cancelled')
    expect(performance.now() - startedAt).toBeLessThan(2000)
    isHeld = false
    const rest = await harvestOai(server.url(), { settings, ...(report.checkpoint && { checkpoint: report.checkpoint }) })
    expect([...sink.identifiers, ...rest.sink.identifiers].sort()).toEqual(identifiers())
  })

  it('is read on by a run that reads one window at a time', async () => {
    await start()
    const stop = new AbortController()
    const first = await harvestOai(server.url(), { settings, signal: stop.signal, onProgress: ({ pages }) => pages === 6 && stop.abort() })
    const rest = await harvestOai(server.url(), { checkpoint: first.report.checkpoint })
    expect([...first.sink.identifiers, ...rest.sink.identifiers].sort()).toEqual(identifiers())
  })

  it('goes on from a checkpoint that was written when one list was read at a time', async () => {
    await start()
    const { sink } = await harvestOai(server.url(), {
      checkpoint: {
        version: 1,
        metadataPrefix: 'oai_dc',
        granularity: 'second',
        setIndex: 0,
        token: '1!2024-01-01T00:00:00Z!2024-03-01T00:00:00Z',
        taken: 5,
        total: 5,
        windows: [{ from: '2024-01-01T00:00:00Z', until: '2024-03-01T00:00:00Z' }, { from: '2024-03-01T00:00:01Z' }],
        announced: 100,
        isFullList: true,
      },
    })
    expect([...sink.identifiers].sort()).toEqual(
      server.records
        .slice(5)
        .map(({ identifier }) => identifier)
        .sort(),
    )
    expect(sink.end?.isFullList).toBe(true)
  })
})
