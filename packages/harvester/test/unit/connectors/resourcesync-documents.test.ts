import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { applyChanges, toMetadataDocuments } from '../../../src/connectors/resourcesync/metadata-documents.js'
import { parseSitemap } from '../../../src/connectors/sitemap/sitemap-document.js'
import { noSharedData, sharedData } from '../../support/shared-data.js'

const folder = sharedData && join(sharedData, 'fixtures/resourcesync-1.0')
const read = (name: string) =>
  parseSitemap({ url: `http://example.com/${name}`, mediaType: 'application/xml', body: readFileSync(join(folder ?? '', name)) })

describe.skipIf(!folder || !existsSync(folder))(`the documents of the ResourceSync standard${folder ? '' : ` (${noSharedData})`}`, () => {
  it('tell their capabilities', () => {
    const { md, entries, links } = read('archives_ex_2_1.xml')
    expect(md).toEqual({ capability: 'capabilitylist' })
    expect(links.map(({ rel }) => rel)).toEqual(['describedby', 'up'])
    expect(entries.map((entry) => entry.md.capability).slice(0, 4)).toEqual(['resourcelist', 'resourcedump', 'changelist', 'changedump'])
    expect(read('archives_ex_3_2.xml')).toMatchObject({ kind: 'index', md: { capability: 'resourcelist-archive' }, entries: { length: 2 } })
  })

  it('tell hash, length and type of resources', () => {
    const { md, entries } = read('resourcesync_ex_16.xml')
    expect(md).toEqual({ capability: 'resourcelist', at: '2013-01-03T09:00:00Z' })
    expect(entries[0]).toEqual({
      loc: 'http://example.com/res3',
      lastmod: '2013-01-02T13:00:00Z',
      md: { hash: 'md5:1584abdf8ebdc9802ac0c6a7402c8753', length: '4385', type: 'application/pdf' },
      links: [],
    })
  })

  it('pair a resource with the metadata that describe it, once', () => {
    const { documents, undescribed } = toMetadataDocuments(read('resourcesync_ex_28.xml').entries)
    expect(documents).toMatchObject([
      {
        url: 'http://example.com/res2_dublin-core_metadata.xml',
        identifier: 'http://example.com/res2.pdf',
        content: { url: 'http://example.com/res2.pdf', type: 'application/pdf', length: '8876' },
      },
    ])
    expect(undescribed).toEqual([])
  })

  it('come to the last change of each resource', () => {
    const known = new Map([['http://example.com/res3.tiff', { lastmod: 'x' }]])
    const { documents, gone, latest } = applyChanges(read('resourcesync_ex_19.xml').entries, '2013-01-03T12:00:00Z', known)
    expect(documents.map(({ url, datestamp }) => [url, datestamp])).toEqual([['http://example.com/res2.pdf', '2013-01-03T21:00:00Z']])
    expect(gone).toEqual(['http://example.com/res3.tiff'])
    expect(known.size).toBe(0)
    expect(latest).toBe('2013-01-03T21:00:00Z')
  })
})
