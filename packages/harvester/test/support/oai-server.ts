import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Fault, faults } from './oai-faults.js'
import { makeOaiRecords, type OaiRecord, toHeaderXml, toRecordXml } from './oai-records.js'

export interface OaiServerOptions {
  records?: OaiRecord[]
  pageSize?: number
  /** @default ['oai_dc'] */
  formats?: string[]
  granularity?: 'YYYY-MM-DD' | 'YYYY-MM-DDThh:mm:ssZ'
  deletedRecord?: string
  responseDate?: string
  /** HTTP status of answers with a protocol error. @default 200 */
  errorStatus?: number
  /** Holds an answer back until it resolves. */
  hold?: (query: URLSearchParams) => Promise<void>
}

export interface OaiServer {
  /** Base URL; each fault has its own: `url('truncated')`. */
  url(fault?: string): string
  records: OaiRecord[]
  /** Query of every request, in order. */
  requests: string[]
  /** The most requests that were under way at one time. */
  mostAtATime: number
  /** Faults that come once come again. */
  forgetVisits(): void
  close(): Promise<void>
}

/** Answers to tokens and arguments that a path gives in its own way. */
const behaviours = new Set([
  'token-absent',
  'token-odd',
  'token-repeated',
  'token-same',
  'token-flaky',
  'token-expired',
  'token-refused',
  'token-ignored',
  'extra-token',
  'empty-pages',
  'no-seconds',
  'no-selection',
  'short-list',
  'no-list-records',
  'bad-verb',
  'gone-record',
  'unreadable-record',
  'slow-query',
  'large-answer',
  'post-only',
  'short-addresses',
  'broken-set',
  'broken-window',
  'dates-ignored',
  'token-unknown',
])

/** A real OAI-PMH repository on loopback with 100 records, or as many as are given; the first part of the path names what it does wrong. */
export async function startOaiServer(options: OaiServerOptions = {}): Promise<OaiServer> {
  const records = options.records ?? makeOaiRecords(100)
  const requests: string[] = []
  const visits = new Map<string, number>()
  let underWay = 0
  let mostAtATime = 0
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const [path = '', isStubborn] = readPath(url.pathname)
    const form = request.method === 'POST' ? await text(request) : ''
    if (form !== '') url.search = form
    requests.push(url.search.slice(1))
    mostAtATime = Math.max(mostAtATime, ++underWay)
    response.on('close', () => underWay--)
    await options.hold?.(url.searchParams)
    const isList = url.searchParams.get('verb') === 'ListRecords'
    const visit = (visits.get(path) ?? 0) + (isList ? 1 : 0)
    visits.set(path, visit)
    const status = refusalOf(path, url, request, records)
    if (status !== undefined) {
      response.writeHead(status, { 'content-type': 'text/html' }).end('<html><title>Error</title></html>')
      return
    }
    const answer = answerRequest(url.searchParams, records, { ...options, isStubborn }, path, visit)
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const fault: Fault | undefined = faults[path]
    const context = { request, response, visit, page: isList ? answer.page : undefined, xml: answer.xml, origin }
    if (fault?.(context)) return
    response.writeHead(answer.isError ? (options.errorStatus ?? 200) : 200, { 'content-type': 'text/xml; charset=utf-8' })
    response.end(answer.xml)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: (fault = 'plain') => {
      const [name] = readPath(`/${fault}`)
      if (name !== 'plain' && !(name in faults) && !behaviours.has(name)) throw new Error(`No fault ${fault}`)
      return `http://127.0.0.1:${port}/${fault}`
    },
    records,
    requests,
    get mostAtATime() {
      return mostAtATime
    },
    forgetVisits: () => visits.clear(),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** The fault, and whether other ways to the records are closed as well: `truncated-always`. */
function readPath(pathname: string): [path: string, isStubborn: boolean] {
  const name = pathname.slice(1)
  return name.endsWith('-always') ? [name.slice(0, -7), true] : [name, false]
}

/** HTTP status that a path answers a request with instead of OAI-PMH. */
function refusalOf(path: string, { searchParams, href }: URL, { method }: http.IncomingMessage, records: OaiRecord[]): number | undefined {
  const verb = searchParams.get('verb')
  if (path === 'post-only' && method !== 'POST') return 405
  if (path === 'short-addresses' && method !== 'POST' && href.length > 400) return 414
  if (path === 'no-list-records' && verb === 'ListRecords') return 500
  if (path === 'unreadable-record' && (verb === 'ListRecords' || searchParams.get('identifier') === records[2]?.identifier)) return 500
  if (path === 'broken-set' && searchParams.get('set') === 'broken') return 500
  const selected = select(records, searchParams.get('from') ?? '', searchParams.get('until') ?? '')
  const count = selected.length
  const isWhole = verb === 'ListRecords' && !searchParams.has('resumptionToken')
  if (path === 'slow-query' && isWhole && count > 30) return 504
  if (path === 'large-answer' && isWhole && count > 30) return 413
  if (
    path === 'broken-window' &&
    isWhole &&
    count < records.length &&
    count > 3 &&
    selected.some(({ identifier }) => identifier === records[50]?.identifier)
  )
    return 502
  return undefined
}

function select(records: OaiRecord[], from: string, until: string): OaiRecord[] {
  return records.filter(({ datestamp }) => datestamp >= from && (until === '' || datestamp.slice(0, until.length) <= until))
}

interface Answer {
  xml: string
  page?: number
  isError?: boolean
}

function answerRequest(
  query: URLSearchParams,
  records: OaiRecord[],
  options: OaiServerOptions & { isStubborn: boolean },
  path: string,
  visit: number,
): Answer {
  const wrap = (body: string) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>${options.responseDate ?? '2024-06-01T08:00:00Z'}</responseDate><request verb="${query.get('verb')}">http://school.example/oai</request>${body}</OAI-PMH>\n`
  const fail = (code: string, message: string): Answer => ({ xml: wrap(`<error code="${code}">${message}</error>`), isError: true })
  if (options.isStubborn && (query.has('from') || query.has('until') || query.get('verb') === 'ListIdentifiers'))
    return fail('badArgument', 'Not supported')
  switch (query.get('verb') ?? '') {
    case 'Identify':
      return { xml: wrap(toIdentify(options)) }
    case 'ListMetadataFormats':
      return { xml: wrap(`<ListMetadataFormats>${(options.formats ?? ['oai_dc']).map(toFormat).join('')}</ListMetadataFormats>`) }
    case 'ListSets':
      return fail('noSetHierarchy', 'There are no sets')
    case 'GetRecord':
      return getRecord(query, records, path, wrap, fail)
    case 'ListRecords':
    case 'ListIdentifiers':
      if (query.get('verb') === 'ListRecords' && (path === 'bad-verb' || path === 'gone-record')) return fail('badVerb', 'Not implemented')
      return listRecords(query, records, options, path, visit, wrap, fail)
    default:
      return fail('badVerb', 'No such verb')
  }
}

function listRecords(
  query: URLSearchParams,
  records: OaiRecord[],
  options: OaiServerOptions,
  path: string,
  visit: number,
  wrap: (body: string) => string,
  fail: (code: string, message: string) => Answer,
): Answer {
  const pageSize = options.pageSize ?? 20
  const sent = query.get('resumptionToken')
  const state = sent === null ? undefined : path === 'token-same' ? `${visit - 1}!!` : sent.replace(/^.*~/s, '')
  if (sent !== null && (query.has('metadataPrefix') || !state)) return fail('badArgument', 'resumptionToken is exclusive')
  if (path === 'token-flaky' && sent !== null && visit === 3) return fail('badResumptionToken', 'Try again')
  if (path === 'token-expired' && sent !== null && (visit === 3 || visit === 4)) return fail('badResumptionToken', 'The token has expired')
  if (path === 'token-unknown' && sent === '!') return fail('badResumptionToken', 'Not a token of this server')
  if (path === 'token-refused' && sent !== null) return fail('badResumptionToken', 'The token has expired')
  const [at = '0', from = query.get('from') ?? '', until = query.get('until') ?? ''] = state?.split('!') ?? []
  if (path === 'no-seconds' && from.length > 10) return fail('badArgument', 'Use YYYY-MM-DD')
  if (path === 'no-selection' && from !== '') return fail('badArgument', 'from is not supported')
  const prefix = query.get('metadataPrefix') ?? options.formats?.[0] ?? 'oai_dc'
  if (!(options.formats ?? ['oai_dc']).includes(prefix)) return fail('cannotDisseminateFormat', prefix)

  const selected = path === 'dates-ignored' ? records : select(records, from, until)
  const page = path === 'token-ignored' ? 0 : Number(at)
  const isGap = path === 'empty-pages' && page % 2 === 1
  const offset = path === 'empty-pages' ? Math.ceil(page / 2) * pageSize : page * pageSize
  const shown = isGap ? [] : selected.slice(offset, offset + pageSize)
  if (shown.length === 0 && !isGap) return fail('noRecordsMatch', 'Nothing')
  const end = offset + (isGap ? 0 : pageSize)
  const isLast = end >= selected.length && path !== 'token-ignored' && !(path === 'extra-token' && end < selected.length + pageSize)
  const next = path === 'token-repeated' && page === 2 ? 1 : path === 'token-ignored' ? visit : page + 1
  const token = toToken(path, `${next}!${from}!${until}`)
  const size = path === 'short-list' ? selected.length + 50 : selected.length
  const attributes = `completeListSize="${path === 'token-repeated' ? 10_000 : size}" cursor="${offset}"`
  const tokenXml = isLast
    ? path === 'token-absent'
      ? ''
      : `<resumptionToken ${attributes}/>`
    : `<resumptionToken ${path === 'token-ignored' ? '' : attributes}>${token}</resumptionToken>`
  const verb = query.get('verb') ?? ''
  const body = shown.map((record) => (verb === 'ListRecords' ? toRecordXml(record, prefix) : toHeaderXml(record))).join('\n')
  return { xml: wrap(`<${verb}>${body}${tokenXml}</${verb}>`), page }
}

function getRecord(
  query: URLSearchParams,
  records: OaiRecord[],
  path: string,
  wrap: (body: string) => string,
  fail: (code: string, message: string) => Answer,
): Answer {
  const record = records.find(({ identifier }) => identifier === query.get('identifier'))
  if (!record || (path === 'gone-record' && record === records[2])) return fail('idDoesNotExist', 'No such record')
  return { xml: wrap(`<GetRecord>${toRecordXml(record, query.get('metadataPrefix') ?? '')}</GetRecord>`) }
}

function toToken(path: string, state: string): string {
  if (path === 'token-same') return 'session-1'
  if (path !== 'token-odd' && path !== 'short-addresses') return state
  return `\n  <![CDATA[${'x'.repeat(500)}|/:&=?#%20+ü~${state}]]>\n`
}

function toIdentify({ granularity = 'YYYY-MM-DDThh:mm:ssZ', deletedRecord = 'persistent' }: OaiServerOptions): string {
  return `<Identify><repositoryName>A school</repositoryName><baseURL>http://school.example/oai</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>a@school.example</adminEmail><earliestDatestamp>2024-01-01T00:00:00Z</earliestDatestamp><deletedRecord>${deletedRecord}</deletedRecord><granularity>${granularity}</granularity><description><oai-identifier xmlns="http://www.openarchives.org/OAI/2.0/oai-identifier"><scheme>oai</scheme><repositoryIdentifier>school.example</repositoryIdentifier></oai-identifier></description></Identify>`
}

function toFormat(metadataPrefix: string): string {
  const namespace = metadataPrefix === 'lom' ? 'http://ltsc.ieee.org/xsd/LOM' : 'http://www.openarchives.org/OAI/2.0/oai_dc/'
  return `<metadataFormat><metadataPrefix>${metadataPrefix}</metadataPrefix><schema>http://x.example/x.xsd</schema><metadataNamespace>${namespace}</metadataNamespace></metadataFormat>`
}
