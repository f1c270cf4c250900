import type { Problem } from '@edufed/sdk/schemas'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serverErrors } from '../../src/errors.js'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'

let test: TestApp
beforeAll(async () => {
  test = await buildTestApp({
    env: { EDUFED_BODY_LIMIT_BYTES: '2048' },
    replaceAdapters: ({ catalog }) => ({
      catalog: {
        ...catalog,
        findResource: () => {
          throw new Error('the secret detail')
        },
      },
    }),
  })
}, 60_000)
afterAll(() => test.close())

async function problemOf(request: InjectOptions | string) {
  const answer = await test.app.inject(request)
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  const problem = answer.json<Problem>()
  expect(problem.status).toBe(answer.statusCode)
  expect(problem.requestId).toBe(answer.headers['x-request-id'])
  expect(problem.type).toBe(`/problems/${problem.code}`)
  return { answer, problem }
}

describe('a request that cannot be answered', () => {
  it('names unknown parameters with the nearest valid name, and wrong values, all at once', async () => {
    const { problem } = await problemOf('/api/v1/search?limt=3&limit=many&sort=newest&facets=subject,grad')
    expect(problem.code).toBe('EDUFED_REQUEST_INVALID')
    const byPath = Object.fromEntries((problem.errors ?? []).map((error) => [error.path, error]))
    expect(byPath.limt).toMatchObject({ message: 'there is no such parameter', fix: 'Did you mean limit?' })
    expect(byPath.limit?.message).toContain('integer')
    expect(byPath.sort?.message).toContain('relevance, date')
    expect(byPath.facets?.fix).toBe('Did you mean grade?')
  })

  it('names fields of a body by JSON Pointer and does not turn text into numbers', async () => {
    const { problem } = await problemOf({ method: 'POST', url: '/api/v1/search', payload: { limit: '5', filters: {} } })
    expect(problem.errors?.map(({ path }) => path).sort()).toEqual(['/filters', '/limit'])
  })

  it.each([
    [
      'a body that is no JSON',
      { method: 'POST', url: '/api/v1/search', headers: { 'content-type': 'application/json' }, payload: '{"q":' },
      'EDUFED_BODY_NOT_JSON',
    ],
    [
      'an empty body',
      { method: 'POST', url: '/api/v1/search', headers: { 'content-type': 'application/json' }, payload: '' },
      'EDUFED_BODY_NOT_JSON',
    ],
    [
      'a poisoned body',
      { method: 'POST', url: '/api/v1/search', headers: { 'content-type': 'application/json' }, payload: '{"__proto__":{"x":1}}' },
      'EDUFED_BODY_NOT_JSON',
    ],
    ['a body that is too large', { method: 'POST', url: '/api/v1/search', payload: { q: 'x'.repeat(3_000) } }, 'EDUFED_BODY_TOO_LARGE'],
    [
      'a body of another kind',
      { method: 'POST', url: '/api/v1/search', headers: { 'content-type': 'text/plain' }, payload: 'q' },
      'EDUFED_MEDIA_TYPE_UNSUPPORTED',
    ],
    ['an unknown address', { method: 'GET', url: '/api/v1/nothing' }, 'EDUFED_NOT_FOUND'],
    ['a broken address', { method: 'GET', url: '/api/v1/resources/%E0%A4%A' }, 'EDUFED_REQUEST_INVALID'],
    ['a form that is not offered', { method: 'GET', url: '/api/v1/changes', headers: { accept: 'text/html' } }, 'EDUFED_NOT_ACCEPTABLE'],
    ['a mangled cursor', { method: 'GET', url: '/api/v1/changes?after=abc' }, 'EDUFED_CURSOR_INVALID'],
  ] as const)('gets a stable code for %s', async (_what, request, code) => {
    const { problem } = await problemOf(request)
    expect(problem).toMatchObject({ code, status: serverErrors[code].status, title: serverErrors[code].title })
    expect(problem.detail).toContain(serverErrors[code].fix)
  })

  it('says which methods an address has', async () => {
    const { answer, problem } = await problemOf({ method: 'DELETE', url: '/api/v1/search' })
    expect(problem.code).toBe('EDUFED_METHOD_NOT_ALLOWED')
    expect(answer.headers.allow).toBe('GET, HEAD, POST')
  })

  it('shows nothing of an unexpected failure but the request id', async () => {
    const { answer, problem } = await problemOf({ method: 'GET', url: '/api/v1/resources/boom', headers: { 'x-request-id': 'my-request' } })
    expect(problem).toMatchObject({ code: 'EDUFED_INTERNAL', status: 500, requestId: 'my-request' })
    expect(answer.body).not.toContain('secret detail')
  })

  it('replaces a request id that is not fit for a log', async () => {
    const { answer } = await problemOf({ method: 'GET', url: '/nothing', headers: { 'x-request-id': 'a b\tc' } })
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('finds the explanation of its code at the address in `type`', async () => {
    const { problem } = await problemOf('/nothing')
    const explanation = await test.app.inject(problem.type)
    expect(explanation.json()).toEqual({ code: problem.code, ...serverErrors.EDUFED_NOT_FOUND })
  })
})
