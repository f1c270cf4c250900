import { readdirSync, readFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { harvestOai } from '../support/harvest-oai.js'

const folder = fileURLToPath(new URL('../fixtures/', import.meta.url))
const stamp = '2024-01-01T00:00:00Z'
let server: http.Server | undefined

/** A repository with one record, in one format. */
async function start(metadataPrefix: string, metadata: string): Promise<string> {
  const answers: Record<string, string> = {
    Identify: `<Identify><repositoryName>R</repositoryName><baseURL>x</baseURL><protocolVersion>2.0</protocolVersion><earliestDatestamp>${stamp}</earliestDatestamp><deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>`,
    ListMetadataFormats: `<ListMetadataFormats><metadataFormat><metadataPrefix>${metadataPrefix}</metadataPrefix><schema>x</schema><metadataNamespace>x</metadataNamespace></metadataFormat></ListMetadataFormats>`,
    ListRecords: `<ListRecords><record><header><identifier>oai:x:1</identifier><datestamp>${stamp}</datestamp></header><metadata>${metadata}</metadata></record></ListRecords>`,
  }
  server = http.createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams
    const wrong = query.get('verb') === 'ListRecords' && query.get('metadataPrefix') !== metadataPrefix
    const body = wrong ? '<error code="cannotDisseminateFormat"/>' : (answers[query.get('verb') ?? ''] ?? '<error code="badVerb"/>')
    response.setHeader('content-type', 'text/xml; charset=utf-8')
    response.end(
      `<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>${stamp}</responseDate><request/>${body}</OAI-PMH>`,
    )
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/oai`
}

afterEach(() => {
  server?.close()
  server?.closeAllConnections()
})

describe('a repository that offers', () => {
  it.each([
    ['oai_qdc', 'qualified-dc'],
    ['oai_ddc', 'qualified-dc'],
    ['mods', 'mods'],
    ['marcxml', 'marcxml'],
    ['marc21', 'marcxml'],
    ['dim', 'dim'],
    ['xoai', 'xoai'],
    ['mets', 'mets'],
    ['oai_datacite', 'datacite'],
    ['edm', 'edm'],
    ['ims_lom', 'lom'],
    ['atom', 'atom'],
    ['jyt0607', 'jyt-0607'],
  ])('%s alone is harvested in it, and its records become resources', async (metadataPrefix, format) => {
    for (const name of readdirSync(folder + format).filter((file) => file.endsWith('.xml'))) {
      const url = await start(metadataPrefix, readFileSync(`${folder}${format}/${name}`, 'utf8'))
      const { sink } = await harvestOai(url)
      const expected = JSON.parse(readFileSync(`${folder}${format}/${name.replace('.xml', '.expected.json')}`, 'utf8'))
      expect(sink.items).toMatchObject([{ type: 'record', identifier: 'oai:x:1', metadataPrefix, resource: expected.resource }])
      server?.close()
      server?.closeAllConnections()
    }
  })

  it('a format that nobody knows is harvested when it is asked for: the records are kept as they came, each with an issue', async () => {
    const url = await start('oai_own', '<own><name>A</name></own>')
    const { report, sink } = await harvestOai(url, { settings: { metadataPrefix: 'oai_own' } })
    expect(sink.items).toMatchObject([{ identifier: 'oai:x:1', issues: [{ code: 'format.unknown', severity: 'error' }] }])
    expect(sink.items[0]).not.toHaveProperty('resource')
    expect(sink.raw.some(({ body }) => Buffer.from(body).includes('<own>'))).toBe(true)
    expect(JSON.stringify(report)).toContain('format.unknown')
  })
})
