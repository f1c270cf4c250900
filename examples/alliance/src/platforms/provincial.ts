import type { AllianceData, ExampleRecord } from '../data/example-record.js'
import { formats } from './oai-formats.js'
import { createPlatformServer, listenOnLoopback, type Platform } from './platform.js'
import { element, escapeXml } from './xml.js'

const recordsPerPage = 100
const repositoryIdentifier = 'province.example'

interface StoredItem {
  identifier: string
  datestamp: string
  setSpec: string
  /** Absent when the record was withdrawn. */
  record?: ExampleRecord
}

type Arguments = Record<string, string>
type MetadataPrefix = keyof typeof formats

class OaiError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/**
 * The province's repository: OAI-PMH 2.0 with oai_dc and IEEE LOM, sets, pages of 100 by resumption tokens, and deleted records.
 *
 * @see {@link https://www.openarchives.org/OAI/openarchivesprotocol.html}
 */
export async function startProvincial(
  data: Pick<AllianceData, 'provincial' | 'withdrawn'>,
  port?: number,
): Promise<Platform & { baseUrl: string }> {
  const items = toItems(data)
  const server = createPlatformServer()
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  server.route({
    method: ['GET', 'POST'],
    url: '/oai',
    handler: (request, reply) => {
      const values = { ...(request.query as Arguments), ...((request.body as Arguments | undefined) ?? {}) }
      return reply.type('text/xml; charset=utf-8').send(answer(values, `http://${request.host}/oai`, items))
    },
  })
  const platform = await listenOnLoopback(server, port)
  return { ...platform, baseUrl: `${platform.url}/oai` }
}

function toItems({ provincial, withdrawn }: Pick<AllianceData, 'provincial' | 'withdrawn'>): StoredItem[] {
  const live = Object.entries(provincial).flatMap(([setSpec, records]) =>
    records.map((record) => ({
      identifier: `oai:${repositoryIdentifier}:${record.id}`,
      datestamp: toDatestamp(record.dateModified),
      setSpec,
      record,
    })),
  )
  const gone = withdrawn.map((id) => ({
    identifier: `oai:${repositoryIdentifier}:${id}`,
    datestamp: '2025-09-01T00:00:00Z',
    setSpec: Object.keys(provincial)[0] ?? 'all',
  }))
  return [...live, ...gone].sort((a, b) => a.datestamp.localeCompare(b.datestamp) || a.identifier.localeCompare(b.identifier))
}

function toDatestamp(date: string | undefined): string {
  const time = date ? Date.parse(date) : Number.NaN
  return new Date(Number.isNaN(time) ? Date.UTC(2024, 8, 1) : time).toISOString().replace(/\.\d+Z$/, 'Z')
}

function answer(values: Arguments, baseUrl: string, items: readonly StoredItem[]): string {
  let body: string
  try {
    body =
      verbs[values.verb ?? '']?.(values, items, baseUrl) ??
      fail('badVerb', `The verb ${values.verb ?? '(none)'} is not one of OAI-PMH's six`)
  } catch (error) {
    if (!(error instanceof OaiError)) throw error
    body = element('error', error.message, { code: error.code })
  }
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">' +
    `<responseDate>${toDatestamp(new Date().toISOString())}</responseDate><request>${escapeXml(baseUrl)}</request>${body}</OAI-PMH>\n`
  )
}

const verbs: Record<string, (values: Arguments, items: readonly StoredItem[], baseUrl: string) => string> = {
  Identify: (_values, items, baseUrl) =>
    `<Identify><repositoryName>晋川省教育资源库（示例）</repositoryName>${element('baseURL', baseUrl)}<protocolVersion>2.0</protocolVersion>` +
    `<adminEmail>admin@province.example</adminEmail>${element('earliestDatestamp', items[0]?.datestamp ?? '2020-01-01T00:00:00Z')}` +
    '<deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity><description>' +
    '<oai-identifier xmlns="http://www.openarchives.org/OAI/2.0/oai-identifier"><scheme>oai</scheme>' +
    `<repositoryIdentifier>${repositoryIdentifier}</repositoryIdentifier><delimiter>:</delimiter>` +
    `<sampleIdentifier>oai:${repositoryIdentifier}:lesson-0001</sampleIdentifier></oai-identifier></description></Identify>`,
  ListMetadataFormats: () =>
    `<ListMetadataFormats>${Object.entries(formats)
      .map(
        ([prefix, format]) =>
          `<metadataFormat><metadataPrefix>${prefix}</metadataPrefix><schema>${format.schema}</schema><metadataNamespace>${format.namespace}</metadataNamespace></metadataFormat>`,
      )
      .join('')}</ListMetadataFormats>`,
  ListSets: (_values, items) =>
    `<ListSets>${[...new Set(items.map((item) => item.setSpec))].map((set) => `<set>${element('setSpec', set)}${element('setName', set)}</set>`).join('')}</ListSets>`,
  ListIdentifiers: (values, items) => list('ListIdentifiers', values, items, (item) => header(item)),
  ListRecords: (values, items) => list('ListRecords', values, items, (item, prefix) => record(item, prefix)),
  GetRecord: (values, items) => {
    const item = items.find(({ identifier }) => identifier === values.identifier)
    if (!item) return fail('idDoesNotExist', `There is no record ${values.identifier ?? '(none)'}`)
    return `<GetRecord>${record(item, toPrefix(values.metadataPrefix))}</GetRecord>`
  },
}

interface ListState {
  metadataPrefix: MetadataPrefix
  set?: string
  from?: string
  until?: string
  offset: number
}

function list(
  verb: string,
  values: Arguments,
  items: readonly StoredItem[],
  write: (item: StoredItem, prefix: MetadataPrefix) => string,
): string {
  const state = values.resumptionToken === undefined ? startList(values) : readToken(values.resumptionToken)
  const selected = items.filter(
    ({ datestamp, setSpec }) =>
      (state.set === undefined || state.set === setSpec) &&
      (!state.from || datestamp >= state.from) &&
      (!state.until || datestamp <= state.until),
  )
  if (selected.length === 0) return fail('noRecordsMatch', 'No record fits these arguments')
  const page = selected.slice(state.offset, state.offset + recordsPerPage)
  const nextOffset = state.offset + page.length
  const token = nextOffset < selected.length ? writeToken({ ...state, offset: nextOffset }) : ''
  const hasToken = token !== '' || state.offset > 0
  return (
    `<${verb}>${page.map((item) => write(item, state.metadataPrefix)).join('')}` +
    `${hasToken ? `<resumptionToken completeListSize="${selected.length}" cursor="${state.offset}">${escapeXml(token)}</resumptionToken>` : ''}</${verb}>`
  )
}

function startList(values: Arguments): ListState {
  const day = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/
  for (const name of ['from', 'until'] as const) {
    if (values[name] !== undefined && !day.test(values[name]))
      fail('badArgument', `${name}=${values[name]} is not a date of this repository's granularity`)
  }
  const wholeDay = (date: string | undefined, time: string) => (date?.length === 10 ? `${date}T${time}Z` : date)
  const from = wholeDay(values.from, '00:00:00')
  const until = wholeDay(values.until, '23:59:59')
  return {
    metadataPrefix: toPrefix(values.metadataPrefix),
    offset: 0,
    ...(values.set !== undefined && { set: values.set }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  }
}

function toPrefix(prefix: string | undefined): MetadataPrefix {
  if (prefix === undefined) return fail('badArgument', 'metadataPrefix is missing')
  if (!Object.hasOwn(formats, prefix)) return fail('cannotDisseminateFormat', `There is no format ${prefix} here`)
  return prefix as MetadataPrefix
}

function writeToken(state: ListState): string {
  return Buffer.from(JSON.stringify(state)).toString('base64')
}

function readToken(token: string): ListState {
  try {
    const state = JSON.parse(Buffer.from(token, 'base64').toString()) as ListState
    if (Number.isInteger(state.offset) && Object.hasOwn(formats, state.metadataPrefix)) return state
  } catch {
    // What cannot be read is answered below.
  }
  return fail('badResumptionToken', 'This resumptionToken was not given by this repository')
}

function header({ identifier, datestamp, setSpec, record }: StoredItem): string {
  return `<header${record ? '' : ' status="deleted"'}>${element('identifier', identifier)}${element('datestamp', datestamp)}${element('setSpec', setSpec)}</header>`
}

function record(item: StoredItem, prefix: MetadataPrefix): string {
  return `<record>${header(item)}${item.record ? `<metadata>${formats[prefix].write(item.record)}</metadata>` : ''}</record>`
}

function fail(code: string, message: string): never {
  throw new OaiError(code, message)
}
