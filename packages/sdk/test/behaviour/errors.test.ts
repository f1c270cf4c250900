import {
  createClient,
  isApiError,
  isAuthenticationError,
  isConflictError,
  isEdufedError,
  isNetworkError,
  isNotFoundError,
  isPermissionError,
  isProtocolError,
  isRateLimitError,
  isUsageError,
  isValidationError,
  NotFoundError,
  RateLimitError,
  ValidationError,
} from '@edufed/sdk'
import { describe, expect, it } from 'vitest'
import { failureOf } from '../support/collect.js'
import { cutConnection, sendJson, sendProblem, startLoopbackNode } from '../support/loopback-node.js'

describe('error answers', () => {
  it.each([
    [400, isValidationError],
    [401, isAuthenticationError],
    [403, isPermissionError],
    [404, isNotFoundError],
    [409, isConflictError],
    [410, isNotFoundError],
    [412, isConflictError],
    [422, isValidationError],
  ])('become a typed error for %i', async (status, isExpected) => {
    const node = await startLoopbackNode((_, response) => sendProblem(response, status, 'EDUFED_SOMETHING'))
    const error = await failureOf(createClient({ baseUrl: node.baseUrl }).sources.get('a'))
    expect(isExpected(error)).toBe(true)
    expect(error).toMatchObject({ status, code: 'EDUFED_SOMETHING', message: 'Detail of EDUFED_SOMETHING', requestId: 'req-1' })
    expect(node.requests).toHaveLength(1)
  })

  it('name each wrong field', async () => {
    const errors = [{ path: '/name', message: 'is missing', fix: 'Give a name' }]
    const node = await startLoopbackNode((_, response) => sendProblem(response, 400, 'EDUFED_REQUEST_INVALID', { errors }))
    const error = await failureOf(createClient({ baseUrl: node.baseUrl }).search())
    expect(error).toBeInstanceOf(ValidationError)
    expect(error).toMatchObject({ errors })
  })

  it('say how long to wait after too many requests', async () => {
    const node = await startLoopbackNode((_, response) => sendProblem(response, 429, 'EDUFED_RATE_LIMITED', {}, { 'retry-after': '7' }))
    const error = await failureOf(createClient({ baseUrl: node.baseUrl, retries: 0 }).search())
    expect(error).toBeInstanceOf(RateLimitError)
    expect(isRateLimitError(error) && error.retryAfterMs).toBe(7_000)
  })

  it('without a problem document keep the status and the request id', async () => {
    const node = await startLoopbackNode((_, response) => {
      response.writeHead(404, { 'content-type': 'text/html', 'x-request-id': 'proxy-9' }).end('<h1>Not Found</h1>')
    })
    const error = await failureOf(createClient({ baseUrl: node.baseUrl }).search({ q: 'secret words' }))
    expect(error).toBeInstanceOf(NotFoundError)
    expect(error).toMatchObject({
      code: 'EDUFED_SDK_HTTP',
      requestId: 'proxy-9',
      message: `GET ${node.baseUrl}/api/v1/search answered 404`,
    })
  })

  it('are recognised across duplicate copies of the package', () => {
    const copy = Object.assign(new Error('x'), { name: 'NotFoundError', code: 'EDUFED_X', status: 404, problem: undefined })
    expect([isNotFoundError(copy), isApiError(copy), isEdufedError(copy), isConflictError(copy)]).toEqual([true, true, true, false])
    expect(isNotFoundError(Object.assign(new Error('x'), { name: 'NotFoundError', code: 'ENOENT' }))).toBe(false)
  })
})

describe('answers that no node gives', () => {
  it('are a ProtocolError that names the address', async () => {
    const node = await startLoopbackNode((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>login</html>'),
    )
    const error = await failureOf(createClient({ baseUrl: node.baseUrl }).search())
    expect(isProtocolError(error)).toBe(true)
    expect((error as Error).message).toBe(`GET ${node.baseUrl}/api/v1/search answered text/html instead of JSON`)
  })
})

describe('a node that is away', () => {
  it('is a NetworkError with the cause and without the query', async () => {
    const node = await startLoopbackNode((_, response) => cutConnection(response))
    const error = await failureOf(createClient({ baseUrl: node.baseUrl, retries: 0 }).search({ q: 'private' }))
    expect(isNetworkError(error)).toBe(true)
    expect((error as Error).message).not.toContain('private')
    expect((error as Error).cause).toBeInstanceOf(Error)
  })
})

describe('options', () => {
  it.each([
    ['a user in the address', { baseUrl: 'https://anna:hush@node.example' }],
    ['an address of another protocol', { baseUrl: 'ftp://anna:hush@node.example' }],
    ['an address that is none', { baseUrl: 'anna:hush@' }],
    ['a key with a line break', { baseUrl: 'https://node.example', apiKey: 'edufed_hush\n' }],
    ['a negative time-out', { baseUrl: 'https://node.example', timeoutMs: -1 }],
    ['half a retry', { baseUrl: 'https://node.example', retries: 0.5 }],
  ])('are refused with %s, and secrets are not repeated', (_, options) => {
    let error: unknown
    try {
      createClient(options)
    } catch (caught) {
      error = caught
    }
    expect(isUsageError(error)).toBe(true)
    expect((error as Error).message).not.toContain('hush')
  })
})

describe('identifiers that would vanish from the address', () => {
  it.each(['', '.', '..'])('are refused: "%s"', async (identifier) => {
    const node = await startLoopbackNode((_, response) => sendJson(response, {}))
    const client = createClient({ baseUrl: node.baseUrl })
    expect(isUsageError(await failureOf(client.records.delete('school', identifier)))).toBe(true)
    expect(node.requests).toHaveLength(0)
  })
})
