import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findConnector } from '../../src/connectors/index.js'
import { harvestOai } from '../support/harvest-oai.js'
import { type OaiServer, startOaiServer } from '../support/oai-server.js'

let server: OaiServer
beforeEach(async () => {
  server = await startOaiServer()
})
afterEach(() => server.close())

const identifiers = () => server.records.map((record) => record.identifier).sort()
const codesOf = (issues: { code: string }[]) => issues.map(({ code }) => code)

describe('a list that cannot be read in one piece', () => {
  it.each(['slow-query', 'large-answer', 'token-refused', 'truncated', 'cut-off', 'token-repeated'])(
    '%s: is read in windows of time, each record once',
    async (fault) => {
      const { report, sink } = await harvestOai(server.url(fault))
      expect(report.error).toBeUndefined()
      expect(report.state).toBe('completed')
      expect([...sink.identifiers].sort()).toEqual(identifiers())
      expect(codesOf(report.issues)).toContain('list.sliced')
      expect(report.counts.taken).toBe(100)
    },
  )

  it('asks for windows that touch, both ends inclusive, with open ends', async () => {
    await harvestOai(server.url('slow-query'))
    const windows = server.requests
      .filter((query) => query.startsWith('verb=ListRecords&metadataPrefix'))
      .map((query) => [new URLSearchParams(query).get('from'), new URLSearchParams(query).get('until')])
    expect(windows.at(0)).toEqual([null, null])
    expect(windows.at(1)?.[0]).toBeNull()
    expect(windows.at(-1)?.[1]).toBeNull()
  })

  it('goes on behind the window that was read when the run is resumed', async () => {
    const stop = new AbortController()
    const first = await harvestOai(server.url('slow-query'), {
      signal: stop.signal,
      onProgress: ({ counts }) => counts.taken >= 20 && stop.abort(),
    })
    expect(first.report.state).toBe('cancelled')
    const rest = await harvestOai(server.url('slow-query'), { checkpoint: first.report.checkpoint })
    expect(rest.report.state).toBe('completed')
    expect([...first.sink.identifiers, ...rest.sink.identifiers].sort()).toEqual(identifiers())
  })

  it('never takes what it did not see for gone when the size of the list was not told', async () => {
    const { sink } = await harvestOai(server.url('slow-query'))
    expect(sink.end?.isFullList).toBe(false)
  })
})

describe('a repository whose ListRecords is broken', () => {
  it('is not asked for ever when it hangs', async () => {
    const { report, sink } = await harvestOai(server.url('hang'))
    expect(report.state).toBe('completed')
    expect([...sink.identifiers].sort()).toEqual(identifiers())
    expect(codesOf(report.issues)).toEqual(expect.arrayContaining(['list.sliced', 'source.ListRecords']))
  })

  it.each(['no-list-records', 'bad-verb'])('%s: gives its records one by one', async (fault) => {
    const { report, sink } = await harvestOai(server.url(fault))
    expect(report.error).toBeUndefined()
    expect(report.counts).toMatchObject({ taken: 100, created: 90, deleted: 10 })
    expect([...sink.identifiers].sort()).toEqual(identifiers())
    expect(codesOf(report.issues)).toEqual(['source.ListRecords'])
    expect(sink.end?.isFullList).toBe(true)
  })

  it.each([
    ['gone-record', 'record.idDoesNotExist', true],
    ['unreadable-record', 'record.unreadable', false],
  ])('%s: a listed record that cannot be had is held back with %s', async (fault, code, isFullList) => {
    const { report, sink } = await harvestOai(server.url(fault))
    expect(report.counts).toMatchObject({ taken: 100, quarantined: 1 })
    expect(report.issues[0]).toMatchObject({ code, severity: 'error', count: 1, samples: [server.records[2]?.identifier] })
    expect(sink.end?.isFullList).toBe(isFullList)
  })

  it('gives the same items again from the kept answers', async () => {
    const { sink } = await harvestOai(server.url('gone-record'))
    const replayed = await Promise.all(sink.raw.map((raw) => findConnector('oai-pmh').read(raw, { url: server.url() })))
    expect(replayed.flat()).toEqual(sink.items)
  })

  it('goes on behind the part that was kept when the run is resumed', async () => {
    const wide = await startOaiServer({ pageSize: 100 })
    const stop = new AbortController()
    const first = await harvestOai(wide.url('bad-verb'), { signal: stop.signal, onProgress: () => stop.abort() })
    const rest = await harvestOai(wide.url('bad-verb'), { checkpoint: first.report.checkpoint })
    await wide.close()
    expect(first.report.counts.taken).toBe(50)
    expect([...first.sink.identifiers, ...rest.sink.identifiers].sort()).toEqual(identifiers())
  })
})

describe('a repository that wants POST', () => {
  it.each(['post-only', 'short-addresses'])('%s: is asked by POST', async (fault) => {
    const { report, sink } = await harvestOai(server.url(fault))
    expect(report.state).toBe('completed')
    expect(sink.identifiers).toEqual(server.records.map((record) => record.identifier))
    const replayed = await Promise.all(sink.raw.map((raw) => findConnector('oai-pmh').read(raw, { url: server.url() })))
    expect(replayed.flat()).toEqual(sink.items)
  })
})

describe('several sets', () => {
  it('are read though one of them is broken, which the report names and a resumed run reads again', async () => {
    const settings = { sets: ['broken', 'whole'] }
    const first = await harvestOai(server.url('broken-set'), { settings })
    expect(first.report.counts.taken).toBe(100)
    expect(first.report).toMatchObject({ state: 'partial', error: { code: 'EDUFED_OAI_SETS_FAILED' } })
    expect(first.report.error?.message).toContain('1 of 2 sets')
    expect(codesOf(first.report.issues)).toContain('set.broken')
    const asked = server.requests.length
    const again = await harvestOai(server.url(), { settings, checkpoint: first.report.checkpoint })
    expect(again.report.state).toBe('completed')
    expect(server.requests.slice(asked).some((query) => query.includes('set=whole'))).toBe(false)
  })
})

describe('a repository that tells no deletions', () => {
  it('is compared as a full list on a full run, and says so on an incremental one', async () => {
    const silent = await startOaiServer({ deletedRecord: 'no' })
    const full = await harvestOai(silent.url())
    const next = await harvestOai(silent.url(), { since: full.report.next })
    await silent.close()
    expect(full.sink.end?.isFullList).toBe(true)
    expect(next.sink.end?.isFullList).toBe(false)
    expect(codesOf(next.report.issues)).toEqual(['source.deletesNotTold'])
  })
})

describe('until', () => {
  it('includes the whole of its last day where the repository knows only days', async () => {
    const daily = await startOaiServer({ granularity: 'YYYY-MM-DD' })
    const { report } = await harvestOai(daily.url(), { settings: { until: '2024-01-01T00:00:00Z' } })
    await daily.close()
    expect(report.counts.taken).toBe(100)
    expect(daily.requests.at(2)).toBe('verb=ListRecords&metadataPrefix=oai_dc&until=2024-01-01')
  })
})
