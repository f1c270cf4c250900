import { createClient } from '@edufed/sdk'
import { expect, it } from 'vitest'
import { collect } from '../support/collect.js'
import { sendJson, startLoopbackNode } from '../support/loopback-node.js'

it('reads and writes sources, members and keys at their addresses', async () => {
  const node = await startLoopbackNode((request, response) =>
    request.method === 'DELETE' ? response.writeHead(204).end() : sendJson(response, {}),
  )
  const { sources, members, keys } = createClient({ baseUrl: node.baseUrl })
  await sources.list({ limit: 5, cursor: 'c' })
  await sources.create({ name: 'School', kind: 'push', level: 'school' })
  await sources.update('school', { isEnabled: false, schedule: null })
  await sources.preview({ kind: 'oai-pmh', settings: { url: 'https://a.example/oai' } })
  expect(await sources.delete('school')).toBeUndefined()
  await members.create({ name: 'Province', level: 'provincial' })
  await members.update('province', { contact: 'office' })
  await members.get('province')
  await keys.create({ name: 'Push', scopes: ['records:write'] })
  expect(await keys.revoke('k1')).toBeUndefined()
  expect(node.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['GET', '/api/v1/sources', ''],
    ['POST', '/api/v1/sources', '{"name":"School","kind":"push","level":"school"}'],
    ['PATCH', '/api/v1/sources/school', '{"isEnabled":false,"schedule":null}'],
    ['POST', '/api/v1/sources/preview', '{"kind":"oai-pmh","settings":{"url":"https://a.example/oai"}}'],
    ['DELETE', '/api/v1/sources/school', ''],
    ['POST', '/api/v1/members', '{"name":"Province","level":"provincial"}'],
    ['PATCH', '/api/v1/members/province', '{"contact":"office"}'],
    ['GET', '/api/v1/members/province', ''],
    ['POST', '/api/v1/keys', '{"name":"Push","scopes":["records:write"]}'],
    ['DELETE', '/api/v1/keys/k1', ''],
  ])
  expect(String(node.requests[0]?.query)).toBe('limit=5&cursor=c')
})

it.each(['sources', 'members', 'keys'] as const)('gives all %s, page by page', async (name) => {
  const node = await startLoopbackNode((request, response) =>
    sendJson(response, request.query.get('cursor') ? { [name]: [{ id: 'c' }] } : { [name]: [{ id: 'a' }, { id: 'b' }], cursor: 'next' }),
  )
  const { items } = await collect<{ id: string }>(createClient({ baseUrl: node.baseUrl })[name].listAll())
  expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})
