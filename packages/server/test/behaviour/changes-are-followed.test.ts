import type { Change, ChangeList, Problem } from '@edufed/sdk/schemas'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeCursor } from '../../src/search/cursor.js'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'

let test: TestApp
beforeEach(async () => {
  test = await buildTestApp({ heartbeatMs: 50 })
  const payload = { id: 'school', name: 'School', kind: 'push', level: 'school' }
  await test.app.inject({ method: 'POST', url: '/api/v1/sources', headers: test.admin, payload })
}, 60_000)
afterEach(() => test.close())

async function write(identifier: string, name: string, more: object = {}) {
  const answer = await test.app.inject({
    method: 'PUT',
    url: `/api/v1/sources/school/records/${identifier}`,
    headers: test.admin,
    payload: { name: { en: name }, ...more },
  })
  expect(answer.statusCode, answer.body).toBeLessThan(300)
}
const list = async (query = '') => (await test.app.inject(`/api/v1/changes${query}`)).json<ChangeList>()

/** The events of a stream, as they come. */
async function* eventsOf(url: string, init: RequestInit) {
  const answer = await fetch(url, { ...init, headers: { accept: 'text/event-stream', ...init.headers } })
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  let text = ''
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      yield text.slice(0, end)
      text = text.slice(end + 2)
    }
  }
}

describe('the change feed', () => {
  it('gives every change once, in order, page by page', async () => {
    for (let index = 0; index < 7; index += 1) await write(`r${index % 4}`, `name ${index}`)
    const seen: Change[] = []
    let cursor: string | undefined
    for (;;) {
      const page = await list(`?limit=3&include=resource${cursor ? `&after=${cursor}` : ''}`)
      seen.push(...page.changes)
      cursor = page.cursor
      if (!page.hasMore) break
    }
    expect(seen.map(({ id, kind, version }) => [id.split(':').at(-1), kind, version])).toEqual([
      ['r0', 'created', 1],
      ['r1', 'created', 1],
      ['r2', 'created', 1],
      ['r3', 'created', 1],
      ['r0', 'updated', 2],
      ['r1', 'updated', 2],
      ['r2', 'updated', 2],
    ])
    expect(seen[0]?.resource?.name).toEqual({ en: 'name 4' })
    expect(await list(`?after=${cursor}`)).toEqual({ changes: [], cursor, hasMore: false })
    expect((await list(`?after=${seen[5]?.cursor}`)).changes).toHaveLength(1)
  })

  it('shows nobody what is not for them, and moves on behind it', async () => {
    await write('open', 'Open')
    await write('hidden', 'Hidden', { usageScope: 'school' })
    const anonymous = await list()
    expect(anonymous.changes.map(({ id }) => id)).toEqual(['urn:edufed:school:open'])
    const everything = (await test.app.inject({ url: '/api/v1/changes', headers: test.admin })).json<ChangeList>()
    expect(everything.changes).toHaveLength(2)
    expect(anonymous.cursor).toBe(everything.cursor)
  })

  it('says that a cursor is of another change log', async () => {
    const foreign = encodeCursor({ epoch: 'another', sequence: 5 }, 'changes')
    for (const headers of [{}, { accept: 'text/event-stream' }]) {
      const answer = await test.app.inject({ url: `/api/v1/changes?after=${foreign}`, headers })
      expect([answer.statusCode, answer.json<Problem>().code]).toEqual([400, 'EDUFED_CURSOR_INVALID'])
      expect(answer.json<Problem>().detail).toContain('set up anew')
    }
  })

  it('is live as server-sent events, goes on behind Last-Event-ID, and shows that it lives', async () => {
    const base = await test.listen()
    await write('first', 'First')
    const events = eventsOf(`${base}/api/v1/changes?include=resource`, {})
    const next = async () => {
      for (;;) {
        const { value, done } = await events.next()
        if (done) throw new Error('the stream ended')
        if (value.startsWith('event: change')) return value
      }
    }
    const first = await next()
    expect(first).toContain('urn:edufed:school:first')
    await write('second', 'Second')
    expect(await next()).toContain('"name":{"en":"Second"}')
    for (;;) if ((await events.next()).value === ': heartbeat') break
    await events.return(undefined)

    const id = /^id: (.*)$/m.exec(first)![1]!
    const resumed = eventsOf(`${base}/api/v1/changes`, { headers: { 'last-event-id': id } })
    for (;;) {
      const { value } = await resumed.next()
      if (!value?.startsWith('event: change')) continue
      expect(value).toContain('urn:edufed:school:second')
      break
    }
    await resumed.return(undefined)
  })

  it('ends its streams when the server closes', async () => {
    const base = await test.listen()
    const events = eventsOf(`${base}/api/v1/changes`, {})
    expect((await events.next()).value).toBe(': open')
    const startedAt = performance.now()
    const closed = test.app.close()
    let last: string | undefined
    for await (const event of events) last = event
    expect([undefined, ': heartbeat']).toContain(last)
    await closed
    // Far below the time that an idle connection is kept: nothing was waited for.
    expect(performance.now() - startedAt).toBeLessThan(20_000)
  })
})
