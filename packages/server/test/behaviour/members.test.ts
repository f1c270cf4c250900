import type { Member, MemberList, Problem } from '@edufed/sdk/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'

let test: TestApp
beforeAll(async () => {
  test = await buildTestApp()
}, 60_000)
afterAll(() => test.close())

const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object, headers: Record<string, string> = {}) =>
  test.app.inject({ method, url: `/api/v1/members${url}`, headers: { ...test.admin, ...headers }, ...(payload ? { payload } : {}) })

describe('members', () => {
  it('are added, read, changed and removed', async () => {
    const created = await send('POST', '', { name: '太原市第五中学', level: 'school', region: '140100', contact: 'x' })
    expect(created.statusCode).toBe(201)
    const member = created.json<Member>()
    expect(created.headers.location).toBe(`/api/v1/members/${member.id}`)
    expect((await send('GET', `/${member.id}`)).json()).toEqual(member)
    const changed = await send('PATCH', `/${member.id}`, { name: '五中', contact: null })
    expect(changed.json<Member>()).toMatchObject({ name: '五中', region: '140100' })
    expect(changed.json<Member>()).not.toHaveProperty('contact')
    expect((await send('DELETE', `/${member.id}`)).statusCode).toBe(204)
    expect((await send('GET', `/${member.id}`)).json<Problem>().code).toBe('EDUFED_MEMBER_NOT_FOUND')
    expect((await send('PATCH', `/${member.id}`, {})).json<Problem>().code).toBe('EDUFED_MEMBER_NOT_FOUND')
  })

  it('keep their id to themselves', async () => {
    await send('POST', '', { id: 'one', name: 'One', level: 'school' })
    expect((await send('POST', '', { id: 'one', name: 'Two', level: 'school' })).json<Problem>().code).toBe('EDUFED_MEMBER_EXISTS')
  })

  it('stay while they have sources or keys', async () => {
    await send('POST', '', { id: 'busy', name: 'Busy', level: 'school' })
    const payload = { name: 'k', scopes: ['read'], memberId: 'busy' }
    const key = (await test.app.inject({ method: 'POST', url: '/api/v1/keys', headers: test.admin, payload })).json<{ id: string }>()
    expect((await send('DELETE', '/busy')).json<Problem>().code).toBe('EDUFED_MEMBER_IN_USE')
    await test.app.inject({ method: 'DELETE', url: `/api/v1/keys/${key.id}`, headers: test.admin })
    const source = { id: 'busy-source', name: 'x', kind: 'push', level: 'school', memberId: 'busy' }
    await test.app.inject({ method: 'POST', url: '/api/v1/sources', headers: test.admin, payload: source })
    expect((await send('DELETE', '/busy')).json<Problem>().detail).toContain('sources')
    await test.app.inject({ method: 'DELETE', url: '/api/v1/sources/busy-source', headers: test.admin })
    expect((await send('DELETE', '/busy')).statusCode).toBe(204)
  })

  it('are not read again when nothing changed, nor overwritten when something did', async () => {
    const tag = String((await send('POST', '', { id: 'tagged', name: 'A', level: 'school' })).headers.etag)
    expect(tag).toMatch(/^"[\w-]{27}"$/)
    const again = await send('GET', '/tagged', undefined, { 'if-none-match': `W/"other", W/${tag}` })
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', tag])
    const edited = await send('PATCH', '/tagged', { name: 'B' }, { 'if-match': tag })
    expect(edited.statusCode).toBe(200)
    for (const method of ['PATCH', 'DELETE'] as const) {
      const late = await send(method, '/tagged', method === 'PATCH' ? { name: 'C' } : undefined, { 'if-match': tag })
      expect([late.statusCode, late.json<Problem>().code]).toEqual([412, 'EDUFED_PRECONDITION_FAILED'])
    }
    expect((await send('GET', '/tagged', undefined, { 'if-none-match': tag })).json<Member>().name).toBe('B')
  })

  it('are listed in pages, each once', async () => {
    for (let index = 0; index < 7; index += 1) await send('POST', '', { id: `paged-${index}`, name: 'P', level: 'school' })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = (await send('GET', `?limit=3${cursor ? `&cursor=${cursor}` : ''}`)).json<MemberList>()
      seen.push(...page.members.map(({ id }) => id))
      cursor = page.cursor
    } while (cursor)
    expect(seen.filter((id) => id.startsWith('paged-'))).toHaveLength(7)
    expect(new Set(seen).size).toBe(seen.length)
    expect((await send('GET', '?cursor=nonsense')).json<Problem>().code).toBe('EDUFED_CURSOR_INVALID')
  })
})
