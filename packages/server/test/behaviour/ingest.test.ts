import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CatalogStore } from '../../src/catalog/catalog-store.js'
import { createSqlCatalogStore } from '../../src/catalog/sql-catalog-store.js'
import { anonymousViewer, nodeViewer } from '../../src/catalog/viewer.js'
import type { Database } from '../../src/database/database.js'
import { createIngest } from '../../src/ingest/create-ingest.js'
import type { Ingest, IngestItem, IngestSource } from '../../src/ingest/ingest.js'
import { openTestDatabase } from '../support/database.js'

const school: IngestSource = {
  id: 'school',
  authority: 'school.example',
  level: 'school',
  region: '650102',
  memberId: 'm1',
  defaultScope: 'public',
}
const hub: IngestSource = { id: 'hub', authority: 'hub.example', level: 'provincial', defaultScope: 'public' }

const anItem = (identifier: string, fields: Partial<IngestItem> = {}): IngestItem => ({
  identifier,
  metadataPrefix: 'push',
  resource: { name: { 'zh-Hans': '静夜思' } },
  ...fields,
})

describe('ingest', () => {
  let database: Database
  let catalog: CatalogStore
  let ingest: Ingest

  beforeEach(async () => {
    database = await openTestDatabase()
    catalog = createSqlCatalogStore(database)
    ingest = createIngest({ catalog, nodeId: 'node.example' })
  })
  afterEach(() => database.close())

  const write = async (source: IngestSource, ...items: IngestItem[]) => ingest.write(source, items)
  const codes = async (source: IngestSource, item: IngestItem) => {
    const [result] = await write(source, item)
    return [result!.outcome, ...result!.issues.map((issue) => issue.code)]
  }

  it('answers each record in its order with outcome, id and version', async () => {
    expect(await write(school, anItem('a'), anItem('', {}), anItem('b', { isDeleted: true }), anItem('a'))).toEqual([
      { identifier: 'a', outcome: 'created', id: 'urn:edufed:school.example:a', version: 1, issues: [] },
      { identifier: '', outcome: 'quarantined', issues: [expect.objectContaining({ code: 'identifier.missing' })] },
      { identifier: 'b', outcome: 'deleted', id: 'urn:edufed:school.example:b', issues: [] },
      { identifier: 'a', outcome: 'unchanged', id: 'urn:edufed:school.example:a', version: 1, issues: [] },
    ])
  })

  it('holds a record without a title and says so, and lets it in when it has one', async () => {
    expect(await codes(school, anItem('a', { resource: { name: {} } }))).toEqual(['quarantined', 'title.missing'])
    expect(await catalog.findResource('urn:edufed:school.example:a', nodeViewer)).toBeUndefined()
    expect((await catalog.listQuarantined('school', { limit: 9 }))[0]?.issues[0]?.code).toBe('title.missing')
    expect(await codes(school, anItem('a'))).toEqual(['created'])
    expect(await catalog.listQuarantined('school', { limit: 9 })).toEqual([])
  })

  it('holds a record that the crosswalk could make nothing of, with its reasons', async () => {
    const issues = [{ code: 'record.unreadable', path: '', message: 'No metadata.', severity: 'error' as const }]
    const { resource: _, ...bare } = anItem('a', { issues })
    expect(await codes(school, bare)).toEqual(['quarantined', 'record.unreadable'])
    const { resource: __, ...silent } = anItem('b')
    expect(await codes(school, silent)).toEqual(['quarantined', 'record.missing'])
  })

  it('keeps each of several records without identifier', async () => {
    await write(school, anItem(''), anItem(' \u0000', { resource: { name: { en: 'Another' } } }), anItem(''))
    expect(await catalog.listQuarantined('school', { limit: 9 })).toHaveLength(2)
  })

  it('keeps the record and its issues when an optional value is wrong', async () => {
    const resource = { name: { 'zh-Hans': '静夜思' }, url: 'not an address' }
    expect(await codes(school, anItem('a', { resource }))).toEqual(['created', 'value.invalid'])
    const stored = await catalog.findResource('urn:edufed:school.example:a', anonymousViewer)
    expect(stored?.resource.quality[0]?.path).toBe('/url')
    expect(stored?.resource).not.toHaveProperty('url')
  })

  it('gives a record the same id however it comes', async () => {
    const via = [{ node: 'https://school.example/oai', identifier: 'a' }]
    const [direct] = await write(school, anItem('a'))
    const [indirect] = await write(hub, anItem('hub-7', { via, origin: { authority: 'School.example', identifier: 'a' } }))
    const [farther] = await write({ ...hub, id: 'far' }, anItem('f', { via: [...via, { node: 'hub.example', identifier: 'hub-7' }] }))
    expect([indirect?.id, farther?.id]).toEqual([direct?.id, direct?.id])
    const stored = await catalog.findResource(direct!.id!, anonymousViewer)
    expect(stored?.resource.provenance.sourceId).toBe('school')
    expect(stored?.sources.map((source) => source.id)).toEqual(['school', 'hub', 'far'])
  })

  it("holds a record that claims another's name without a way that leads there", async () => {
    const origin = { authority: 'national.example', identifier: '1' }
    expect(await codes(school, anItem('a', { origin }))).toEqual(['quarantined', 'origin.unproven'])
    expect(await codes(school, anItem('urn:edufed:national.example:1'))).toEqual(['quarantined', 'origin.unproven'])
    expect(await codes(school, anItem('b', { origin: { authority: 'SCHOOL.example', identifier: 'b' } }))).toEqual(['created'])
    expect(await codes(hub, anItem('c', { origin, via: [{ node: 'national.example', identifier: '1' }] }))).toEqual(['created'])
  })

  it.each([
    ['by its address', { via: [{ node: 'https://node.example/oai', identifier: '1' }] }],
    [
      'by its name',
      {
        via: [
          { node: 'x.example', identifier: '1' },
          { node: 'Node.Example', identifier: '2' },
        ],
      },
    ],
    ['as the origin', { origin: { authority: 'node.example', identifier: '1' }, via: [{ node: 'x.example', identifier: '1' }] }],
  ])('refuses a record whose way names this node %s', async (_, way) => {
    expect(await codes(hub, anItem('a', way))).toEqual(['quarantined', 'provenance.loop'])
  })

  it("shows a record to those of its scope, and takes the record's own scope before the source's", async () => {
    const county = { ...school, defaultScope: 'county' as const }
    await write(
      county,
      anItem('c'),
      anItem('p', { resource: { name: { en: 'x' }, usageScope: 'public' } }),
      anItem('s', { resource: { name: { en: 'x' }, usageScope: 'school' } }),
    )
    const tokens = await catalog.scanResources({ limit: 9 })
    expect(tokens.map((stored) => stored.visibleTo)).toEqual(['region:650102', 'public', 'member:m1'])
  })

  it('takes identifiers of any kind and length without harm to the batch', async () => {
    const results = await write(
      school,
      anItem('二'.repeat(2000)),
      anItem('\ud800x'),
      anItem('a\u0000b'),
      anItem('__proto__'),
      anItem("'; drop table records; --"),
    )
    expect(results.map((result) => [result.outcome, ...result.issues.map((issue) => issue.code)])).toEqual([
      ['quarantined', 'identifier.too-long'],
      ['created'],
      ['created'],
      ['created'],
      ['created'],
    ])
  })

  it('writes thousands of records in one batch, all or nothing', async () => {
    const results = await ingest.write(
      school,
      Array.from({ length: 3000 }, (_, index) => anItem(`r${index}`)),
      { harvestId: 'h1' },
    )
    expect(results.every((result) => result.outcome === 'created')).toBe(true)
    expect(await catalog.countRecords(['school'])).toEqual(new Map([['school', 3000]]))
    expect(await catalog.deleteUnseen('school', 'h1')).toBe(0)
  })
})
