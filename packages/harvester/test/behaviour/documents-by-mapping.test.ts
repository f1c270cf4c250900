import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connector } from '../../src/connectors/connector.js'
import { contentPackage } from '../../src/connectors/package/index.js'
import { resourceSync } from '../../src/connectors/resourcesync/index.js'
import { assertSettings } from '../../src/connectors/settings-check.js'
import { sitemap } from '../../src/connectors/sitemap/index.js'
import { type FileServer, startFileServer } from '../support/file-server.js'
import { issueCodes, readSource, replay, titleOf } from '../support/read-source.js'
import { resourceSyncDocuments } from '../support/resource-sync-documents.js'
import { buildZip } from '../support/workbook.js'

let server: FileServer
beforeEach(async () => {
  server = await startFileServer()
})
afterEach(() => server.close())

const { list, entry, give } = resourceSyncDocuments(() => server)

/** Reads a source, and reads it again out of what was kept, with the texts that it was made from. */
async function read<Settings>(connector: Connector<Settings>, settings: Settings) {
  assertSettings(connector, settings as Record<string, unknown>)
  const reading = await readSource(connector, settings)
  expect(await replay(connector, settings, reading.pages)).toEqual(reading.items)
  const sourced = []
  for (const raw of reading.pages.flatMap((page) => page.raw)) sourced.push(...((await connector.readSourced?.(raw, settings)) ?? []))
  expect(sourced.map(({ item }) => item)).toEqual(reading.items)
  const texts = sourced.map(({ source }) => Object.fromEntries((source ?? []).map(({ path, text, isRead }) => [path, [text, isRead]])))
  return { ...reading, texts }
}

describe('a mapping of what pages, packages and metadata documents hold', () => {
  it('reads the JSON-LD of the pages of a site, and leaves the other pages as they are', async () => {
    const block = (value: object) =>
      `<html lang="zh-CN"><head><script type="application/ld+json">${JSON.stringify(value)}</script></head></html>`
    give({
      '/sitemap.xml': `<urlset><url><loc>${server.url}/1</loc></url><url><loc>${server.url}/2</loc></url></urlset>`,
      '/1': (_, response) => {
        const value = { '@type': 'LearningResource', kecheng: { ming: '圆的面积' }, xueke: 'SX', more: 'x' }
        response.writeHead(200, { 'content-type': 'text/html' }).end(block(value))
      },
      '/2': (_, response) =>
        void response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<html><head><meta name="DC.title" content="三角形"></head></html>'),
    })
    const mapping = {
      fields: { name: 'kecheng.ming', subject: { from: 'xueke', vocabulary: 'subjects' } },
      vocabularies: { subjects: { SX: 'mathematics' } },
    }
    const { items, texts } = await read(sitemap, { url: `${server.url}/sitemap.xml`, mapping })
    expect(items.map(titleOf)).toEqual(['圆的面积', '三角形'])
    expect(items[0]).toMatchObject({
      identifier: `${server.url}/1`,
      resource: { name: { 'zh-Hans': '圆的面积' }, about: [{ notation: 'mathematics' }] },
    })
    expect(texts[0]).toMatchObject({ 'kecheng.ming': ['圆的面积', true], more: ['x', false] })
  })

  it('reads the manifest of a package, whose file and parts stay', async () => {
    const manifest = `<manifest identifier="M1"><metadata><own><ming>圆</ming><sm>说明</sm></own></metadata><organizations><organization><item><title>第一节</title></item></organization></organizations></manifest>`
    give({ '/a.zip': buildZip({ 'imsmanifest.xml': manifest }) })
    const mapping = { fields: { name: 'metadata.own.ming' } }
    const { items, texts } = await read(contentPackage, { url: `${server.url}/a.zip`, language: 'zh-Hans', mapping })
    expect(items[0]).toMatchObject({
      resource: {
        name: { 'zh-Hans': '圆' },
        hasPart: [{ name: { 'zh-Hans': '第一节' } }],
        sourceValues: { manifestIdentifier: ['M1'] },
      },
    })
    expect(texts[0]).toMatchObject({ 'metadata.own.ming': ['圆', true], 'metadata.own.sm': ['说明', false] })
  })

  it('reads the metadata documents of a ResourceSync source, in XML and in JSON', async () => {
    give({
      '/caps.xml': list('capabilitylist', entry('/resources.xml', 'capability="resourcelist"')),
      '/resources.xml': list(
        'resourcelist',
        entry('/1.xml', 'type="application/xml"') +
          entry('/2.json', 'type="application/json"') +
          entry('/3.json', 'type="application/json"'),
      ),
      '/1.xml': '<strange><ming>甲</ming></strange>',
      '/2.json': '{"ming": "乙", "n": 1}',
      '/3.json': '{"ming": ',
    })
    const mapping = { fields: { name: 'ming' } }
    const { items, texts } = await read(resourceSync, { url: `${server.url}/caps.xml`, mapping })
    expect(items.map(titleOf)).toEqual(['甲', '乙', undefined])
    expect(issueCodes(items[2]!)).toEqual(['metadata.unreadable'])
    expect(texts[1]).toMatchObject({ ming: ['乙', true], n: ['1', false] })
  })

  it.each([sitemap, contentPackage, resourceSync])('is refused when it is faulty', (connector) => {
    const settings = { url: 'https://x.example/', mapping: { fields: { nmae: 'x' } } }
    expect(() => assertSettings(connector as Connector, settings)).toThrow(/nmae/)
  })
})
