import { afterEach, describe, expect, it } from 'vitest'
import { harvestOai } from '../support/harvest-oai.js'
import { makeOaiRecords } from '../support/oai-records.js'
import { type OaiServer, type OaiServerOptions, startOaiServer } from '../support/oai-server.js'

let server: OaiServer
afterEach(() => server.close())

const listRequests = () => server.requests.filter((query) => query.startsWith('verb=ListRecords'))
const start = async (options: OaiServerOptions = {}) => {
  server = await startOaiServer({ records: makeOaiRecords(30), responseDate: '2024-01-01T00:20:00Z', ...options })
}

describe('an incremental harvest', () => {
  it("begins a little before the repository's own time of the last run, and deletes nothing by comparison", async () => {
    await start()
    const first = await harvestOai(server.url(), { settings: { overlapSeconds: 60 } })
    const second = await harvestOai(server.url(), { since: first.report.next, settings: { overlapSeconds: 60 } })
    expect(listRequests().at(-1)).toBe('verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01T00%3A19%3A00Z')
    expect(second.report.counts.taken).toBe(11)
    expect(second.sink.end?.isFullList).toBe(false)
    expect(first.sink.end?.isFullList).toBe(true)
  })

  it('asks in days where the repository knows only days', async () => {
    await start({ granularity: 'YYYY-MM-DD' })
    const { report } = await harvestOai(server.url(), { since: { version: 1, responseDate: '2024-01-01T00:05:00Z' } })
    expect(listRequests()[0]).toBe('verb=ListRecords&metadataPrefix=oai_dc&from=2023-12-31')
    expect(report.counts.taken).toBe(30)
  })

  it('asks in days when times with seconds are refused although they were promised', async () => {
    await start()
    const { report } = await harvestOai(server.url('no-seconds'), { since: { version: 1, responseDate: '2024-01-01T00:20:00Z' } })
    expect(report.state).toBe('completed')
    expect(report.issues).toContainEqual(expect.objectContaining({ code: 'source.granularity' }))
    expect(listRequests()[1]).toBe('verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01')
  })

  it('reads the whole list when the repository cannot select by date', async () => {
    await start()
    const { report, sink } = await harvestOai(server.url('no-selection'), { since: { version: 1, responseDate: '2024-01-01T00:20:00Z' } })
    expect(report.counts.taken).toBe(30)
    expect(report.issues).toContainEqual(expect.objectContaining({ code: 'source.selectiveHarvesting' }))
    expect(sink.end?.isFullList).toBe(true)
  })

  it.each([200, 404, 422, 500])('counts noRecordsMatch with HTTP %i as success with nothing new', async (errorStatus) => {
    await start({ errorStatus })
    const { report, sink } = await harvestOai(server.url(), { since: { version: 1, responseDate: '2030-01-01T00:00:00Z' } })
    expect(report).toMatchObject({ state: 'completed', counts: { taken: 0 } })
    expect(sink.end?.isFullList).toBe(false)
  })

  it('never takes an empty list for the news that everything is gone', async () => {
    await start({ records: [] })
    const { report, sink } = await harvestOai(server.url())
    expect(report.state).toBe('completed')
    expect(sink.end?.isFullList).toBe(false)
  })

  it('names what the repository answered when it refuses the format', async () => {
    await start()
    const { report } = await harvestOai(server.url(), { settings: { metadataPrefix: 'marc21' } })
    expect(report.error).toMatchObject({ code: 'EDUFED_OAI_ERROR' })
    expect(report.error?.message).toContain('cannotDisseminateFormat')
  })

  it('chooses LOM before oai_dc', async () => {
    await start({ formats: ['oai_dc', 'lom'] })
    const { sink } = await harvestOai(server.url())
    expect(sink.items[0]).toMatchObject({ metadataPrefix: 'lom', resource: { name: { 'zh-Hans': '一元二次方程的解法 1' } } })
  })

  it('limits a run to the dates of the settings', async () => {
    await start()
    const { report, sink } = await harvestOai(server.url(), { settings: { from: '2024-01-01T00:03:00Z', until: '2024-01-01T00:05:00Z' } })
    expect(report.counts.taken).toBe(3)
    expect(sink.end?.isFullList).toBe(false)
  })
})

describe('a kept answer', () => {
  it('gives the same items again without the repository', async () => {
    await start()
    const { findConnector } = await import('../../src/connectors/index.js')
    const { sink } = await harvestOai(server.url('bare-ampersand'))
    const connector = findConnector('oai-pmh')
    const replayed = await Promise.all(sink.raw.map((raw) => connector.read(raw, { url: server.url() })))
    expect(replayed.flat()).toEqual(sink.items)
  })
})

describe('the description of a repository', () => {
  it('names authority, formats and how deletions are told', async () => {
    await start({ formats: ['oai_dc', 'lom'] })
    const { oaiPmh } = await import('../../src/connectors/oai-pmh/index.js')
    const { createFetcher } = await import('../../src/fetch/create-fetcher.js')
    const fetcher = createFetcher({ allowNetworks: ['127.0.0.1'] })
    const description = await oaiPmh.describe({ url: `${server.url()}?verb=Identify` }, { fetcher, signal: AbortSignal.timeout(5000) })
    fetcher.close()
    expect(description).toEqual({
      name: 'A school',
      authority: 'school.example',
      metadataPrefix: 'lom',
      formats: ['oai_dc', 'lom'],
      deletedRecord: 'persistent',
      issues: [],
    })
  })
})
