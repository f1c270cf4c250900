import { findConnector, type HarvestItem } from '@edufed/harvester'
import type { Source } from '@edufed/sdk/schemas'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FileServer, startFileServer } from '../../../harvester/test/support/file-server.js'
import { type OaiServer, startOaiServer } from '../../../harvester/test/support/oai-server.js'
import { aTextbook } from '../../../harvester/test/support/smartedu-records.js'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'
import { createDatabasePlace, databaseEngines, type TestDatabasePlace } from '../support/database.js'
import { runToEnd } from '../support/run-to-end.js'

let node: TestApp
let place: TestDatabasePlace
let files: FileServer
let repository: OaiServer

for (const { engine, title, isSkipped } of databaseEngines)
  describe.skipIf(isSkipped)(`on ${title}`, () => {
    beforeAll(async () => {
      place = await createDatabasePlace(engine)
      const database: Record<string, string> = engine === 'postgres' ? { DATABASE_URL: place.address } : {}
      node = await buildTestApp({ env: { EDUFED_ALLOW_NETWORKS: '127.0.0.0/8', ...database } })
    })

    afterAll(async () => {
      await node.close()
      await place.remove()
    })

    beforeEach(async () => {
      files = await startFileServer()
      repository = await startOaiServer()
    })

    afterEach(async () => {
      await files.close()
      await repository.close()
      await node.app.inject({ method: 'DELETE', url: '/api/v1/sources/school?records=delete', headers: node.admin })
    })

    const noChange = { created: 0, updated: 0, deleted: 0 }

    describe('a replay with an unchanged crosswalk', () => {
      it.each([
        ['oai-pmh', () => ({ url: repository.url() })],
        ['table', () => ({ url: `${files.url}/lessons.csv` })],
        ['smartedu', () => ({ url: `${files.url}/data_version.json` })],
      ])(
        'changes nothing of a source of kind %s, makes the same drafts byte for byte, and does not ask the platform',
        async (kind, toSettings) => {
          files.files.set('/lessons.csv', 'id,title,subject\n1,一元二次方程,数学\n2,静夜思,语文\n')
          files.files.set('/data_version.json', JSON.stringify({ module_version: 1, urls: [`${files.url}/part.json`] }))
          files.files.set('/part.json', JSON.stringify([aTextbook('a'), aTextbook('b', { status: 'OFFLINE' })]))
          await addSource(kind, toSettings())
          const first = await runToEnd(node, 'school', 'harvests')
          expect(first.error).toBeUndefined()
          expect(first.counts.created).toBeGreaterThan(0)
          const before = await keptDrafts()
          const sequence = await node.adapters.catalog.lastSequence()
          const asked = countRequests()

          const replay = await runToEnd(node, 'school', 'replay')
          expect(replay.error).toBeUndefined()
          expect(replay.issues.filter(({ code }) => code.startsWith('replay.'))).toEqual([])
          expect(replay).toMatchObject({ state: 'completed', mode: 'replay', isDryRun: false, counts: noChange })
          expect(replay.counts.taken).toBe(first.counts.taken)
          expect(await node.adapters.catalog.lastSequence()).toBe(sequence)
          expect(countRequests()).toBe(asked)
          expect(await keptDrafts()).toEqual(before)
          expect(await rereadDrafts(first.id, kind, toSettings())).toEqual(before)
        },
      )

      it('takes of a record that increments changed only the last answer', async () => {
        await addSource('oai-pmh', { url: repository.url() })
        await runToEnd(node, 'school', 'harvests', { mode: 'full' })
        const [record] = repository.records
        Object.assign(record!, { title: 'Another title', datestamp: `${new Date().toISOString().slice(0, 19)}Z` })
        expect((await runToEnd(node, 'school', 'harvests')).counts.updated).toBe(1)
        const sequence = await node.adapters.catalog.lastSequence()
        const replay = await runToEnd(node, 'school', 'replay')
        expect(replay.counts).toMatchObject({ ...noChange, taken: 100 })
        expect(await node.adapters.catalog.lastSequence()).toBe(sequence)
      })

      it('leaves deleted what a later full list no longer named', async () => {
        await addSource('oai-pmh', { url: repository.url() })
        const first = await runToEnd(node, 'school', 'harvests', { mode: 'full' })
        repository.records.splice(0, 5)
        await runToEnd(node, 'school', 'harvests', { mode: 'full' })
        const replay = await runToEnd(node, 'school', 'replay', { harvestId: first.id })
        expect(replay.counts).toMatchObject(noChange)
        expect(replay.issues).toContainEqual(expect.objectContaining({ code: 'replay.stayedDeleted', count: 5 }))
        const source = await node.app.inject({ url: '/api/v1/sources/school', headers: node.admin })
        expect(source.json<Source>().recordCount).toBe(85)
      })

      it('does not stand in the way of the release of a held deletion', async () => {
        await addSource('oai-pmh', { url: repository.url() })
        await runToEnd(node, 'school', 'harvests', { mode: 'full' })
        repository.records.splice(20)
        const held = await runToEnd(node, 'school', 'harvests', { mode: 'full' })
        const replay = await runToEnd(node, 'school', 'replay')
        expect(replay.issues).toContainEqual(expect.objectContaining({ code: 'replay.uncovered' }))
        const url = `/api/v1/sources/school/harvests/${held.id}/release`
        const released = await node.app.inject({ method: 'POST', url, headers: node.admin })
        expect(released.statusCode, released.body).toBe(200)
        expect(released.json().counts.deleted).toBeGreaterThanOrEqual(72)
      })
    })

    describe('a replay with another mapping', () => {
      beforeEach(async () => {
        files.files.set('/lessons.csv', 'id,title,topic\n1,一元二次方程,数学\n2,静夜思,语文\n3,Rivers,\n')
        const settings = { url: `${files.url}/lessons.csv`, identifierColumn: 'id' }
        await addSource('table', { ...settings, mapping: { fields: { name: 'title' } } })
        await runToEnd(node, 'school', 'harvests')
        const mapping = { fields: { name: 'title', subject: 'topic' } }
        await node.app.inject({
          method: 'PATCH',
          url: '/api/v1/sources/school',
          headers: node.admin,
          payload: { settings: { ...settings, mapping } },
        })
        // Nothing of the platform is needed any more.
        files.files.clear()
      })

      it('changes the records that come out otherwise, and counts them', async () => {
        const replay = await runToEnd(node, 'school', 'replay')
        expect(replay).toMatchObject({ state: 'completed', counts: { taken: 3, updated: 2, unchanged: 1, created: 0, deleted: 0 } })
        const record = await node.adapters.catalog.findRecord('school', '1')
        expect(record?.draft?.about?.[0]?.prefLabel).toMatchObject({ 'zh-Hans': '数学' })
        expect((await runToEnd(node, 'school', 'replay')).counts).toMatchObject({ updated: 0, unchanged: 3 })
      })

      it('tells in a dry run what would change, and changes nothing', async () => {
        const sequence = await node.adapters.catalog.lastSequence()
        const replay = await runToEnd(node, 'school', 'replay', { isDryRun: true })
        expect(replay).toMatchObject({ state: 'completed', isDryRun: true, counts: { taken: 3, updated: 2, unchanged: 1 } })
        expect(await node.adapters.catalog.lastSequence()).toBe(sequence)
        expect((await node.adapters.catalog.findRecord('school', '1'))?.draft?.about).toBeUndefined()
      })
    })

    it('says that nothing was kept before the first harvest', async () => {
      await addSource('table', { url: `${files.url}/lessons.csv` })
      const answer = await node.app.inject({ method: 'POST', url: '/api/v1/sources/school/replay', headers: node.admin, payload: {} })
      expect(answer.statusCode).toBe(409)
      expect(answer.json()).toMatchObject({ code: 'EDUFED_REPLAY_NOTHING_KEPT' })
    })

    it('refuses a key that may not run harvests', async () => {
      await addSource('table', { url: `${files.url}/lessons.csv` })
      const payload = { name: 'reader', scopes: ['sources:read'] }
      const { key } = (await node.app.inject({ method: 'POST', url: '/api/v1/keys', headers: node.admin, payload })).json()
      const headers = { authorization: `Bearer ${key}` }
      const answer = await node.app.inject({ method: 'POST', url: '/api/v1/sources/school/replay', headers, payload: {} })
      expect(answer.statusCode).toBe(403)
    })
  })

/** Requests for records; the judgement after a harvest asks its own few questions. */
function countRequests(): number {
  return repository.requests.filter((query) => query.includes('ListRecords')).length + files.requests.length
}

async function addSource(kind: string, settings: Record<string, unknown>): Promise<void> {
  const payload = { id: 'school', name: '第一中学', kind, level: 'school', settings }
  const answer = await node.app.inject({ method: 'POST', url: '/api/v1/sources', headers: node.admin, payload })
  expect(answer.statusCode, answer.body).toBe(201)
}

/** The drafts of the source as text, by identifier. */
async function keptDrafts(): Promise<Map<string, string>> {
  const rows = await node.adapters.database.read
    .selectFrom('records')
    .select(['identifier', 'draft_json'])
    .where('source_id', '=', 'school')
    .where('state', '=', 'active')
    .orderBy('identifier')
    .execute()
  return new Map(rows.map((row) => [row.identifier, row.draft_json ?? '']))
}

async function rereadDrafts(harvestId: string, kind: string, settings: Record<string, unknown>): Promise<Map<string, string>> {
  const items: HarvestItem[] = []
  for await (const answer of node.adapters.catalog.readRaw(harvestId)) items.push(...(await findConnector(kind).read(answer, settings)))
  const live = items.flatMap((item) => (item.type === 'record' ? [[item.identifier, JSON.stringify(item.resource)] as const] : []))
  return new Map(live.sort(([a], [b]) => (a < b ? -1 : 1)))
}
