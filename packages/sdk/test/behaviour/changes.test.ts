import { createClient, isAbortError, isNetworkError, isNotFoundError } from '@edufed/sdk'
import { expect, it } from 'vitest'
import { collect } from '../support/collect.js'
import { cutConnection, type ReceivedRequest, sendJson, sendProblem, startLoopbackNode } from '../support/loopback-node.js'

const aChange = (number: number) => ({
  cursor: `e1.${number}`,
  id: `urn:edufed:a:${number}`,
  kind: 'created',
  version: 1,
  at: '2026-01-01T00:00:00Z',
})
const isLive = ({ headers }: ReceivedRequest) => headers.accept === 'text/event-stream'
const position = ({ query }: ReceivedRequest) => Number(query.get('after')?.slice(3) ?? 0)
const toEvent = (number: number) => `id: e1.${number}\nevent: change\ndata: ${JSON.stringify(aChange(number))}\n\n`
const sse = { 'content-type': 'text/event-stream; charset=utf-8' }

/** Pages of two out of a log with `size` changes. */
function toPage(request: ReceivedRequest, size: number) {
  const after = position(request)
  const changes = [after + 1, after + 2].filter((number) => number <= size).map(aChange)
  return { changes, cursor: changes.at(-1)?.cursor ?? `e1.${after}`, hasMore: after + changes.length < size }
}

const cursors = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `e1.${from + index}`)

it('gives every change after a cursor and ends at the present', async () => {
  const node = await startLoopbackNode((request, response) => sendJson(response, toPage(request, 7)))
  const { items } = await collect(createClient({ baseUrl: node.baseUrl }).changes.follow({ after: 'e1.2', include: 'resource' }))
  expect(items.map(({ cursor }) => cursor)).toEqual(cursors(3, 7))
  expect(node.requests.every(({ query }) => query.get('include') === 'resource')).toBe(true)
})

it('goes on at the last cursor when connections break', async () => {
  const node = await startLoopbackNode((request, response, count) =>
    count % 2 === 0 ? cutConnection(response) : sendJson(response, toPage(request, 3)),
  )
  const { items, error } = await collect(createClient({ baseUrl: node.baseUrl }).changes.follow())
  expect(error).toBeUndefined()
  expect(items.map(({ cursor }) => cursor)).toEqual(cursors(1, 3))
})

it('goes on live after the last page, and after a broken stream without gap or repetition', async () => {
  let size = 3
  let streams = 0
  const node = await startLoopbackNode((request, response) => {
    if (!isLive(request)) return sendJson(response, toPage(request, size))
    response.writeHead(200, sse)
    const next = position(request) + 1
    if (streams++ > 0) return void response.write(`: beat\n\n${toEvent(next)}`)
    size = 6
    response.write(`retry: 10\n\n${toEvent(next)}id: e1.5\nevent: change\ndata: {"cut`, () => cutConnection(response))
  })
  const { items } = await collect(createClient({ baseUrl: node.baseUrl }).changes.follow({ live: true }), 7)
  expect(items.map(({ cursor }) => cursor)).toEqual(cursors(1, 7))
})

it('outlasts a node that restarts', async () => {
  const first = await startLoopbackNode((request, response) => {
    if (!isLive(request)) return sendJson(response, toPage(request, 2))
    response.writeHead(200, sse).write(toEvent(3))
  })
  const port = Number(new URL(first.baseUrl).port)
  const changes = createClient({ baseUrl: first.baseUrl, retries: 0 }).changes.follow({ live: true })
  const seen: string[] = []
  for await (const { cursor } of changes) {
    seen.push(cursor)
    if (seen.length === 3) {
      await first.close()
      await startLoopbackNode((request, response) => sendJson(response, toPage(request, 5)), port)
    }
    if (seen.length === 5) break
  }
  expect(seen).toEqual(cursors(1, 5))
})

it('asks from time to time when the node has no event stream', async () => {
  let size = 1
  const node = await startLoopbackNode((request, response) => {
    if (isLive(request)) return sendProblem(response, 406, 'EDUFED_NOT_ACCEPTABLE')
    sendJson(response, toPage(request, size++))
  })
  const { items } = await collect(createClient({ baseUrl: node.baseUrl }).changes.follow({ live: true, pollMs: 5 }), 4)
  expect(items.map(({ cursor }) => cursor)).toEqual(cursors(1, 4))
  expect(node.requests.filter(isLive)).toHaveLength(1)
})

it('throws when the very first request fails, for the address may be wrong', async () => {
  const node = await startLoopbackNode((_, response) => cutConnection(response))
  const { error } = await collect(createClient({ baseUrl: node.baseUrl, retries: 0 }).changes.follow({ live: true }))
  expect(isNetworkError(error)).toBe(true)
})

it('throws what does not pass by itself', async () => {
  const node = await startLoopbackNode((request, response) =>
    isLive(request)
      ? cutConnection(response)
      : position(request) === 0
        ? sendJson(response, toPage(request, 2))
        : sendProblem(response, 404, 'EDUFED_GONE'),
  )
  const { items, error } = await collect(createClient({ baseUrl: node.baseUrl }).changes.follow({ live: true }))
  expect(items).toHaveLength(2)
  expect(isNotFoundError(error)).toBe(true)
})

it('stops listening when the signal fires, and closes the connection', async () => {
  const controller = new AbortController()
  let onClosed = () => {}
  const closed = new Promise<void>((resolve) => {
    onClosed = resolve
  })
  const node = await startLoopbackNode((request, response) => {
    if (!isLive(request)) return sendJson(response, toPage(request, 0))
    response.on('close', onClosed).writeHead(200, sse).write(': beat\n\n')
    setImmediate(() => controller.abort())
  })
  const { error } = await collect(createClient({ baseUrl: node.baseUrl }).changes.follow({ live: true, signal: controller.signal }))
  expect(isAbortError(error)).toBe(true)
  await closed
})
