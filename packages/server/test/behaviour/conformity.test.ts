import type { Conformity } from '@edufed/sdk/schemas'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FileServer, startFileServer } from '../../../harvester/test/support/file-server.js'
import { makeOaiRecords } from '../../../harvester/test/support/oai-records.js'
import { type OaiServer, startOaiServer } from '../../../harvester/test/support/oai-server.js'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'
import { runToEnd } from '../support/run-to-end.js'

let node: TestApp
let site: FileServer
let repository: OaiServer | undefined

beforeAll(async () => {
  node = await buildTestApp({ env: { EDUFED_ALLOW_NETWORKS: '127.0.0.0/8' } })
})

afterAll(() => node.close())

beforeEach(async () => {
  site = await startFileServer({ '/r/1': 'a page' })
})

afterEach(async () => {
  await site.close()
  await repository?.close()
  repository = undefined
  await node.app.inject({ method: 'DELETE', url: '/api/v1/sources/school?records=delete', headers: node.admin })
})

describe('the conformity of a source', () => {
  it('tells that records came back under other identifiers, keeps the scores, and shows the last one on a badge', async () => {
    const publish = (...ids: string[]) =>
      site.files.set('/lessons.csv', `id,title\n${ids.map((id, index) => `${id},${titles[index]}\n`).join('')}`)
    const titles = ['静夜思', '一元二次方程', 'Rivers']
    publish('a', 'b', 'c')
    await addSource('table', { url: `${site.url}/lessons.csv` })
    const first = await judged((await runToEnd(node, 'school', 'harvests')).id)
    expect(partOf(first, 'identifiers')).toMatchObject({ points: 15, findings: [] })
    expect(partOf(first, 'deletions')).toMatchObject({ points: 10, findings: [] })

    publish('x', 'b', 'c')
    const second = await judged((await runToEnd(node, 'school', 'harvests', { mode: 'full' })).id)
    expect(partOf(second, 'identifiers').findings).toMatchObject([{ code: 'identifier.reminted', count: 1, samples: ['a'] }])
    expect(second.score).toBeLessThan(first.score)
    expect(second.history.map(({ score }) => score)).toEqual([second.score, first.score])

    const badge = await node.app.inject('/badges/school.svg')
    expect(badge.statusCode).toBe(200)
    expect(badge.headers['content-type']).toContain('image/svg+xml')
    expect(badge.body).toContain(`conformity: ${second.score}/100`)
  })

  it('tells which of the tried addresses do not open, and does not try those inside the network', async () => {
    site.files.set('/lessons.csv', 'id,title\na,静夜思\n')
    site.files.set('/login', (_, response) => response.writeHead(401).end())
    await addSource('table', { url: `${site.url}/lessons.csv` })
    const { id, createdAt } = await runToEnd(node, 'school', 'harvests')
    const { at } = await judged(id)
    const links = [`${site.url}/r/1`, `${site.url}/gone`, `${site.url}/login`, 'http://10.11.12.13/page']
    const payload = { harvestId: id, observations: { links, reminted: [], lacking: 0 } }
    await node.adapters.jobs.enqueue({ kind: 'conformity', key: `again ${createdAt}`, payload })
    const report = await judged(id, at)
    expect(partOf(report, 'links').findings).toMatchObject([{ code: 'link.broken', count: 1, samples: [`${site.url}/gone`] }])
    expect(partOf(report, 'links').findings[0]?.message).toContain('1 of 3 addresses')
  })

  it('tells changes that came without a new datestamp, and deletions that were promised but not told', async () => {
    // Addresses inside of the network are not tried, so that no host outside is waited for.
    const records = makeOaiRecords(100).map((record) => ({ ...record, url: `${site.url}/r/1` }))
    repository = await startOaiServer({ deletedRecord: 'persistent', records })
    await addSource('oai-pmh', { url: repository.url() })
    await runToEnd(node, 'school', 'harvests', { mode: 'full' })
    for (const record of repository.records.slice(0, 3)) record.title = 'Changed without a word'
    repository.records.splice(50, 2)
    const report = await judged((await runToEnd(node, 'school', 'harvests', { mode: 'full' })).id)
    expect(partOf(report, 'datestamps').findings).toMatchObject([{ code: 'datestamp.unchanged', count: 3 }])
    expect(partOf(report, 'deletions').findings).toMatchObject([{ code: 'deletion.silent', count: 2 }])
    expect(report.score).toBeLessThan(90)
  })

  it('says what is wrong with a source that cannot be read at all', async () => {
    repository = await startOaiServer()
    await addSource('oai-pmh', { url: repository.url('web-page') })
    const report = await judged((await runToEnd(node, 'school', 'harvests')).id)
    expect(report.score).toBe(0)
    expect(partOf(report, 'protocol').findings[0]).toMatchObject({ code: 'EDUFED_OAI_HTML', severity: 'error' })
  })

  it('is not there before the first harvest, and its badge says so', async () => {
    await addSource('table', { url: `${site.url}/lessons.csv` })
    const answer = await node.app.inject({ url: '/api/v1/sources/school/conformity', headers: node.admin })
    expect(answer.json()).toMatchObject({ status: 404, code: 'EDUFED_CONFORMITY_NOT_FOUND' })
    const badge = await node.app.inject('/badges/school.svg')
    expect(badge.statusCode).toBe(404)
    expect(badge.body).toContain('unknown')
  })
})

async function addSource(kind: string, settings: Record<string, unknown>): Promise<void> {
  const payload = { id: 'school', name: '第一中学', kind, level: 'school', settings }
  const answer = await node.app.inject({ method: 'POST', url: '/api/v1/sources', headers: node.admin, payload })
  expect(answer.statusCode, answer.body).toBe(201)
}

/** The judgement of a harvest, which comes a little after its end. */
async function judged(harvestId: string, after = ''): Promise<Conformity> {
  let report: Conformity | undefined
  await expect
    .poll(
      async () => {
        report = (await node.app.inject({ url: '/api/v1/sources/school/conformity', headers: node.admin })).json<Conformity>()
        return report.at > after ? report.harvestId : ''
      },
      { timeout: 30_000, interval: 100 },
    )
    .toBe(harvestId)
  return report!
}

function partOf({ parts }: Conformity, name: string): Conformity['parts'][number] {
  return parts.find(({ part }) => part === name)!
}
