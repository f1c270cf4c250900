import { type HarvestSource, harvest, type RecordSink } from '@edufed/harvester'
import type { AllianceData } from '../../../../examples/alliance/src/data/example-record.js'
import { startNational } from '../../../../examples/alliance/src/platforms/national.js'
import { startProvincial } from '../../../../examples/alliance/src/platforms/provincial.js'
import { startSchool } from '../../../../examples/alliance/src/platforms/school.js'
import { toDraft } from '../../../../examples/alliance/src/to-draft.js'
import { createSqlCatalogStore } from '../../src/catalog/sql-catalog-store.js'
import { createIngest } from '../../src/ingest/create-ingest.js'
import type { IngestItem, IngestSource } from '../../src/ingest/ingest.js'
import { isSearchable, toPut } from '../../src/search/change-batch.js'
import type { SearchDocument } from '../../src/search/search-index.js'
import { openTestDatabase } from '../support/database.js'

const sources = {
  national: { id: 'national', authority: 'national.example', level: 'national', defaultScope: 'public' },
  province: { id: 'province', authority: 'province.example', level: 'provincial', region: '140000', defaultScope: 'public' },
  'school-library': {
    id: 'school-library',
    authority: 'library.school.example',
    level: 'school',
    region: '140702',
    defaultScope: 'public',
  },
  'school-portal': { id: 'school-portal', authority: 'portal.school.example', level: 'school', region: '140702', defaultScope: 'public' },
} as const satisfies Record<string, IngestSource>

/**
 * The documents that a node searches after it has harvested the three platforms of the example: through their protocols, the crosswalks,
 * ingest and the catalogue. The same documents with the same ids at every call.
 */
export async function createCorpus(data: AllianceData): Promise<SearchDocument[]> {
  const database = await openTestDatabase()
  const catalog = createSqlCatalogStore(database, { clock: () => new Date('2026-01-01T00:00:00Z') })
  const ingest = createIngest({ catalog, nodeId: 'node.example' })
  const platforms = await Promise.all([startNational(data), startProvincial(data), startSchool(data)])
  const [national, provincial, school] = platforms
  try {
    await take('national', { kind: 'smartedu', settings: { url: national.sources } })
    await take('province', { kind: 'oai-pmh', settings: { url: provincial.baseUrl, metadataPrefix: 'oai_lom' } })
    await take('school-library', { kind: 'table', settings: { url: school.tableUrl } })
    const pushed = data.schoolPush.map((record) => ({ identifier: record.id, metadataPrefix: 'push', resource: toDraft(record) }))
    await ingest.write(sources['school-portal'], pushed)

    const documents: SearchDocument[] = []
    for (let after: string | undefined; ; ) {
      const page = await catalog.scanResources({ limit: 1_000, ...(after === undefined ? {} : { after }) })
      const last = page.at(-1)
      if (!last) return documents
      for (const stored of page.filter(isSearchable)) {
        const operation = toPut(stored)
        if (operation.type === 'put') documents.push(operation.document)
      }
      after = last.resource.id
    }
  } finally {
    await Promise.all(platforms.map((platform) => platform.close()))
    await database.close()
  }

  async function take(id: keyof typeof sources, source: HarvestSource): Promise<void> {
    const sink: RecordSink = {
      write: ({ items }) =>
        ingest.write(
          sources[id],
          items.map((item): IngestItem => (item.type === 'deleted' ? { ...item, metadataPrefix: '', isDeleted: true } : item)),
        ),
      complete: async () => ({ deleted: 0 }),
    }
    const report = await harvest(source, sink, { allowNetworks: ['127.0.0.0/8'] })
    if (report.state !== 'completed') throw new Error(`The harvest of ${id} ended as ${report.state}: ${report.error?.message}`)
  }
}
