import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { harvestOai } from '../support/harvest-oai.js'
import { type OaiServer, startOaiServer } from '../support/oai-server.js'

let server: OaiServer
beforeAll(async () => {
  server = await startOaiServer()
})
afterAll(() => server.close())

/** Faults that lose nothing, with the finding that the report must name. */
const harmless: [fault: string, code?: string][] = [
  ['plain'],
  ['bare-ampersand', 'xml.ampersand'],
  ['bare-angle', 'xml.angleBracket'],
  ['html-entity', 'xml.htmlEntity'],
  ['control-characters', 'xml.forbiddenCharacter'],
  ['text-before', 'xml.textBeforeDocument'],
  ['text-after', 'xml.textAfterDocument'],
  ['byte-order-mark'],
  ['odd-prefix'],
  ['inner-declaration', 'xml.innerDeclaration'],
  ['invalid-utf8', 'charset.replaced'],
  ['wrong-charset', 'charset.wrong'],
  ['gzip'],
  ['gzip-twice'],
  ['gzip-undeclared'],
  ['gzip-untrue'],
  ['deflate-zlib'],
  ['deflate-raw'],
  ['brotli'],
  ['cut-off-once'],
  ['truncated-once'],
  ['reset-once'],
  ['busy-once'],
  ['too-many-once'],
  ['junk-retry-after-once'],
  ['empty-once'],
  ['redirect-301'],
  ['redirect-302'],
  ['redirect-303'],
  ['redirect-307'],
  ['redirect-308'],
  ['token-absent'],
  ['token-odd'],
  ['token-same'],
  ['token-flaky'],
  ['token-expired', 'list.restarted'],
  ['extra-token'],
  ['empty-pages'],
  ['short-list', 'list.short'],
]

describe('a repository with a fault that can be mended', () => {
  it.each(harmless)('%s: every record is taken once, and the report says what was found', async (fault, code) => {
    const { report, sink } = await harvestOai(server.url(fault))
    expect(report.error).toBeUndefined()
    expect(report.state).toBe('completed')
    expect(sink.identifiers).toEqual(server.records.map((record) => record.identifier))
    expect(report.counts).toEqual({ taken: 100, created: 90, updated: 0, unchanged: 0, deleted: 10, quarantined: 0 })
    if (code) expect(report.issues.map((issue) => issue.code)).toContain(code)
    else expect(report.issues).toEqual([])
    expect(sink.end).toEqual({ next: { version: 1, responseDate: '2024-06-01T08:00:00Z' }, isFullList: fault !== 'short-list' })
  })
})

describe('a repository with a fault that cannot be mended', () => {
  it.each([
    ['truncated-always', 'EDUFED_FETCH_TRUNCATED', 39],
    ['cut-off-always', 'EDUFED_FETCH_TRUNCATED', 25],
    ['hang-always', 'EDUFED_FETCH_TIMEOUT', 20],
    ['token-repeated-always', 'EDUFED_OAI_ENDLESS_LIST', 60],
    ['token-ignored', 'EDUFED_OAI_ENDLESS_LIST', 20],
    ['token-refused-always', 'EDUFED_OAI_TOKEN_REFUSED', 20],
  ])('%s: the run is partial with %s and keeps what came before', async (fault, code, atLeast) => {
    const { report, sink } = await harvestOai(server.url(fault))
    expect(report.state).toBe('partial')
    expect(report.error?.code).toBe(code)
    expect(report.error?.fix).not.toBe('')
    expect(new Set(sink.identifiers).size).toBe(sink.identifiers.length)
    expect(sink.items.length).toBeGreaterThanOrEqual(atLeast)
    expect(sink.items.length).toBeLessThan(100)
    expect(report.counts.taken).toBe(sink.items.length)
    expect(report.checkpoint).toBeDefined()
    expect(report.next).toBeUndefined()
    expect(sink.end).toBeUndefined()
  })

  it.each([
    ['web-page', 'EDUFED_OAI_HTML'],
    ['not-oai', 'EDUFED_OAI_NOT_OAI'],
    ['doctype', 'EDUFED_XML_DOCTYPE'],
    ['redirect-loop', 'EDUFED_FETCH_TOO_MANY_REDIRECTS'],
    ['redirect-file', 'EDUFED_FETCH_INVALID_URL'],
    ['redirect-private', 'EDUFED_FETCH_REFUSED_ADDRESS'],
  ])('%s: the run fails with %s', async (fault, code) => {
    const { report, sink } = await harvestOai(server.url(fault))
    expect(report.state).toBe('failed')
    expect(report.error?.code).toBe(code)
    expect(sink.items).toEqual([])
  })

  it('refuses a body that grows beyond the limit when it is decompressed', async () => {
    const { report } = await harvestOai(server.url('bomb'), { settings: { maxPageBytes: 1_000_000 } })
    expect(report.error?.code).toBe('EDUFED_FETCH_TOO_LARGE')
  })

  it('holds back a record that is not well-formed, and takes all others', async () => {
    const { report, sink } = await harvestOai(server.url('broken-record'))
    expect(report.state).toBe('completed')
    expect(sink.identifiers).toEqual(server.records.map((record) => record.identifier))
    expect(report.counts).toMatchObject({ created: 85, deleted: 10, quarantined: 5 })
    expect(report.issues[0]).toMatchObject({ code: 'record.notWellFormed', count: 5, severity: 'error' })
  })

  it('holds back a record that is larger than the limit, and takes all others', async () => {
    const { report } = await harvestOai(server.url('huge-record'), { settings: { maxRecordChars: 10_000 } })
    expect(report.counts).toMatchObject({ taken: 100, quarantined: 5 })
    expect(report.issues[0]).toMatchObject({ code: 'record.tooLarge', count: 5 })
  })

  it('takes the rest of a page that broke off when the run is resumed, and nothing twice', async () => {
    const broken = await harvestOai(server.url('truncated-always'))
    const resumed = await harvestOai(server.url(), { checkpoint: broken.report.checkpoint })
    expect(resumed.report.state).toBe('completed')
    expect([...broken.sink.identifiers, ...resumed.sink.identifiers]).toEqual(server.records.map((record) => record.identifier))
  })
})
