import type { Problem } from '@edufed/sdk/schemas'
import { describe, expect, it } from 'vitest'
import { buildTestApp } from '../support/build-test-app.js'

describe('too many requests', () => {
  it('are answered 429 with the time to wait, counted by address and by key, unknown addresses too', async () => {
    const test = await buildTestApp({ env: { EDUFED_RATE_LIMIT_PER_MINUTE: '3', EDUFED_KEY_RATE_LIMIT_PER_MINUTE: '5' } })
    try {
      const first = await test.app.inject('/api/v1/changes')
      expect([first.headers['ratelimit-limit'], first.headers['ratelimit-remaining']]).toEqual(['3', '2'])
      await test.app.inject('/api/v1/changes')
      await test.app.inject({ url: '/api/v1/changes', headers: { authorization: 'Bearer edufed_guess' } })
      const refused = await test.app.inject('/api/v1/changes')
      expect([refused.statusCode, refused.json<Problem>().code]).toEqual([429, 'EDUFED_RATE_LIMITED'])
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
      expect((await test.app.inject({ url: '/api/v1/changes', headers: test.admin })).statusCode).toBe(200)
      expect((await test.app.inject('/healthz')).statusCode).toBe(200)
      const unknown = []
      for (let index = 0; index < 5; index += 1)
        unknown.push((await test.app.inject({ url: '/wp-login.php', remoteAddress: '10.9.8.7' })).statusCode)
      expect(unknown).toEqual([404, 404, 404, 429, 429])
    } finally {
      await test.close()
    }
  })
})
