import { createClient, isAbortError, isNetworkError, isTimeoutError } from '@edufed/sdk'
import { expect, it } from 'vitest'
import { failureOf } from '../support/collect.js'
import { cutConnection, sendJson, sendProblem, startLoopbackNode } from '../support/loopback-node.js'

const now = { 'retry-after': '0' }

it.each([408, 429, 500, 502, 503, 504])('asks again after %i', async (status) => {
  const node = await startLoopbackNode((_, response, count) =>
    count < 2 ? sendProblem(response, status, 'EDUFED_X', {}, now) : sendJson(response, { id: 'a' }),
  )
  expect(await createClient({ baseUrl: node.baseUrl }).sources.get('a')).toEqual({ id: 'a' })
  expect(node.requests).toHaveLength(3)
})

it('asks again after a connection that broke before or within the answer', async () => {
  const node = await startLoopbackNode((_, response, count) => {
    if (count === 0) return cutConnection(response)
    if (count > 1) return sendJson(response, { id: 'a' })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
    response.write('{"id":', () => cutConnection(response))
  })
  expect(await createClient({ baseUrl: node.baseUrl }).sources.get('a')).toEqual({ id: 'a' })
  expect(node.requests).toHaveLength(3)
})

it('waits as long as a Retry-After date says', async () => {
  const node = await startLoopbackNode((_, response, count) => {
    if (count > 0) return sendJson(response, { id: 'a' })
    sendProblem(response, 503, 'EDUFED_X', {}, { 'retry-after': new Date(Date.now() + 2_000).toUTCString() })
  })
  const before = Date.now()
  await createClient({ baseUrl: node.baseUrl }).sources.get('a')
  expect(Date.now() - before).toBeGreaterThan(900)
})

it('gives up after the retries and throws the last failure', async () => {
  const node = await startLoopbackNode((_, response) => sendProblem(response, 503, 'EDUFED_SEARCH_UNAVAILABLE', {}, now))
  expect(await failureOf(createClient({ baseUrl: node.baseUrl, retries: 2 }).search())).toMatchObject({ code: 'EDUFED_SEARCH_UNAVAILABLE' })
  expect(node.requests).toHaveLength(3)
})

it('repeats a write under one Idempotency-Key, and uses another for the next write', async () => {
  const node = await startLoopbackNode((_, response, count) => (count === 0 ? cutConnection(response) : sendJson(response, { id: 'h' })))
  const client = createClient({ baseUrl: node.baseUrl, apiKey: 'edufed_k' })
  await client.harvests.start('a', { mode: 'full' })
  await client.harvests.start('a')
  const keys = node.requests.map(({ headers }) => headers['idempotency-key'])
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
  expect(node.requests[0]).toMatchObject({ method: 'POST', path: '/api/v1/sources/a/harvests', body: '{"mode":"full"}' })
  expect(node.requests[0]?.headers.authorization).toBe('Bearer edufed_k')
})

it('stops an attempt that takes too long', async () => {
  const node = await startLoopbackNode(() => {})
  const error = await failureOf(createClient({ baseUrl: node.baseUrl, timeoutMs: 50, retries: 0 }).search())
  expect(isTimeoutError(error)).toBe(true)
})

it('stops an answer whose body does not end', async () => {
  const node = await startLoopbackNode((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{')
  })
  const error = await failureOf(createClient({ baseUrl: node.baseUrl, timeoutMs: 50, retries: 0 }).search())
  expect(isTimeoutError(error)).toBe(true)
})

it('stops at once when the signal fires: before, during and between attempts', async () => {
  const controller = new AbortController()
  const node = await startLoopbackNode((_, response, count) => {
    if (count === 0) return controller.abort('enough')
    sendProblem(response, 503, 'EDUFED_X', {}, { 'retry-after': '60' })
    setImmediate(() => later.abort())
  })
  const client = createClient({ baseUrl: node.baseUrl })
  const during = await failureOf(client.search({}, { signal: controller.signal }))
  expect(isAbortError(during)).toBe(true)
  expect(during).toMatchObject({ cause: 'enough' })
  const later = new AbortController()
  expect(isAbortError(await failureOf(client.search({}, { signal: later.signal })))).toBe(true)
  expect(isAbortError(await failureOf(client.search({}, { signal: AbortSignal.abort() })))).toBe(true)
  expect(node.requests).toHaveLength(2)
})

it('sends through the fetch that it was given', async () => {
  const asked: string[] = []
  const fetch: typeof globalThis.fetch = async (input) => {
    asked.push(String(input))
    throw new TypeError('no network')
  }
  const error = await failureOf(createClient({ baseUrl: 'https://node.example', fetch, retries: 0 }).suggest({ q: 'a' }))
  expect(isNetworkError(error)).toBe(true)
  expect(asked).toEqual(['https://node.example/api/v1/suggest?q=a'])
})
