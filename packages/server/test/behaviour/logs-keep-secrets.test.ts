import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { createLogger } from '../../src/logger.js'
import { buildTestApp, testAdminKey } from '../support/build-test-app.js'

it('logs each request with its id as JSON, and no key whatever is logged of it', async () => {
  const stream = new PassThrough()
  const lines: string[] = []
  stream.on('data', (chunk) => lines.push(String(chunk)))
  const logger = createLogger({ logLevel: 'trace', nodeId: 'node.test' }, stream)
  const test = await buildTestApp({ replaceAdapters: () => ({ logger }) })
  try {
    await test.app.inject({ url: '/api/v1/members', headers: { ...test.admin, 'x-request-id': 'look-for-me' } })
    logger.info({ headers: test.admin, request: { headers: test.admin } }, 'careless')
    logger.info({ config: test.config }, 'careless too')
    const created = await test.app.inject({
      method: 'POST',
      url: '/api/v1/keys',
      headers: test.admin,
      payload: { name: 'k', scopes: ['read'] },
    })
    const text = lines.join('')
    const entries = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { node: string; reqId?: string; req?: object; res?: { statusCode: number } })
    expect(entries.every((entry) => entry.node === 'node.test')).toBe(true)
    const mine = entries.filter((entry) => entry.reqId === 'look-for-me')
    expect(mine.find((entry) => entry.req)?.req).toMatchObject({ method: 'GET', url: '/api/v1/members' })
    expect(mine.find((entry) => entry.res)?.res?.statusCode).toBe(200)
    expect(text).not.toContain(testAdminKey)
    expect(text).not.toContain(created.json<{ key: string }>().key)
  } finally {
    await test.close()
  }
})
