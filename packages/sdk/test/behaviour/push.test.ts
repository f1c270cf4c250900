import { createClient, isAbortError, isApiError, isProtocolError, isValidationError } from '@edufed/sdk'
import type { PushRecord } from '@edufed/sdk/schemas'
import { expect, it } from 'vitest'
import { collect } from '../support/collect.js'
import { cutConnection, type ReceivedRequest, sendProblem, startLoopbackNode } from '../support/loopback-node.js'

const aRecord = (number: number): PushRecord => ({ identifier: `r${number}`, resource: { name: { 'zh-Hans': `第${number}课` } } })
const records = (count: number) => Array.from({ length: count }, (_, number) => aRecord(number))
const identifiers = (count: number) => records(count).map(({ identifier }) => identifier)

function toRecords({ body }: ReceivedRequest): PushRecord[] {
  return body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PushRecord)
}

function toLines(request: ReceivedRequest): string[] {
  return toRecords(request).map(({ identifier }) => `${JSON.stringify({ identifier, outcome: 'created', issues: [] })}\n`)
}

const ndjson = { 'content-type': 'application/x-ndjson' }

it('sends records as lines and gives one result a record, in order', async () => {
  const node = await startLoopbackNode((request, response) => response.writeHead(200, ndjson).end(toLines(request).join('')))
  const push = createClient({ baseUrl: node.baseUrl }).records.push('our-school', records(1_203), { idempotencyKey: 'night' })
  const { items, error } = await collect(push)
  expect(error).toBeUndefined()
  expect(items.map(({ identifier }) => identifier)).toEqual(identifiers(1_203))
  expect(node.requests.map((request) => toRecords(request).length)).toEqual([500, 500, 203])
  expect(node.requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['night-0', 'night-1', 'night-2'])
  expect(node.requests[0]).toMatchObject({ method: 'POST', path: '/api/v1/sources/our-school/records' })
  expect(node.requests[0]?.headers['content-type']).toBe('application/x-ndjson')
})

it('keeps requests under the byte limit; a larger record goes alone', async () => {
  const node = await startLoopbackNode((request, response) => response.writeHead(200, ndjson).end(toLines(request).join('')))
  const large = { identifier: 'large', resource: { name: { 'zh-Hans': '课'.repeat(1_000) } } }
  const push = createClient({ baseUrl: node.baseUrl }).records.push('s', [aRecord(0), aRecord(1), large, aRecord(2)], { batchBytes: 200 })
  expect((await collect(push)).items).toHaveLength(4)
  expect(node.requests.map((request) => toRecords(request).map(({ identifier }) => identifier))).toEqual([['r0', 'r1'], ['large'], ['r2']])
})

it('takes no more records than the results read so far allow', async () => {
  const node = await startLoopbackNode((request, response) => response.writeHead(200, ndjson).end(toLines(request).join('')))
  let taken = 0
  let isClosed = false
  async function* endless() {
    try {
      for (;;) yield aRecord(taken++)
    } finally {
      isClosed = true
    }
  }
  const push = createClient({ baseUrl: node.baseUrl }).records.push('s', endless(), { batchRecords: 10 })
  expect((await collect(push, 15)).items).toHaveLength(15)
  expect(taken).toBe(20)
  expect(isClosed).toBe(true)
  expect(node.requests).toHaveLength(2)
})

it('sends what it has when the next record is slow to come', async () => {
  const node = await startLoopbackNode((request, response) => response.writeHead(200, ndjson).end(toLines(request).join('')))
  async function* slow() {
    yield aRecord(0)
    await new Promise(() => {})
  }
  const push = createClient({ baseUrl: node.baseUrl }).records.push('s', slow(), { lingerMs: 5 })
  expect((await push.next()).value).toMatchObject({ identifier: 'r0' })
})

it('sends a batch again after the answer broke off, and gives each result once', async () => {
  const node = await startLoopbackNode((request, response, count) => {
    const lines = toLines(request)
    response.writeHead(200, ndjson)
    if (count === 0) response.write(lines.slice(0, 3).join(''), () => cutConnection(response))
    else response.end(lines.join(''))
  })
  const { items, error } = await collect(createClient({ baseUrl: node.baseUrl }).records.push('s', records(7)))
  expect(error).toBeUndefined()
  expect(items.map(({ identifier }) => identifier)).toEqual(identifiers(7))
  expect(node.requests).toHaveLength(2)
  expect(node.requests[1]?.headers['idempotency-key']).toBe(node.requests[0]?.headers['idempotency-key'])
  expect(node.requests[1]?.body).toBe(node.requests[0]?.body)
})

it('waits out a node that asks to come back later', async () => {
  const node = await startLoopbackNode((request, response, count) =>
    count === 0
      ? sendProblem(response, 503, 'EDUFED_BUSY', {}, { 'retry-after': '0' })
      : response.writeHead(200, ndjson).end(toLines(request).join('')),
  )
  expect((await collect(createClient({ baseUrl: node.baseUrl }).records.push('s', records(2)))).items).toHaveLength(2)
})

it('gives the results known so far before it throws', async () => {
  const node = await startLoopbackNode((request, response, count) =>
    count === 0 ? response.writeHead(200, ndjson).end(toLines(request).join('')) : sendProblem(response, 400, 'EDUFED_REQUEST_INVALID'),
  )
  const { items, error } = await collect(createClient({ baseUrl: node.baseUrl }).records.push('s', records(5), { batchRecords: 3 }))
  expect(items).toHaveLength(3)
  expect(isValidationError(error)).toBe(true)
})

it('throws a problem that comes in the middle of the results', async () => {
  const node = await startLoopbackNode((request, response) => {
    const problem = { type: 'about:blank', title: 'T', status: 507, detail: 'The disk is full', code: 'EDUFED_DISK_FULL' }
    response.writeHead(200, ndjson).end(`${toLines(request)[0]}${JSON.stringify(problem)}\n`)
  })
  const { items, error } = await collect(createClient({ baseUrl: node.baseUrl }).records.push('s', records(3)))
  expect(items).toHaveLength(1)
  expect(isApiError(error) && error.code).toBe('EDUFED_DISK_FULL')
})

it.each([
  ['fewer', (lines: string[]) => lines.slice(1)],
  ['more', (lines: string[]) => [...lines, lines[0]!]],
])('does not accept %s results than records', async (_, falsify) => {
  const node = await startLoopbackNode((request, response) => response.writeHead(200, ndjson).end(falsify(toLines(request)).join('')))
  const { error } = await collect(createClient({ baseUrl: node.baseUrl }).records.push('s', records(3)))
  expect(isProtocolError(error)).toBe(true)
})

it('sends what an iterable gave before it failed, then throws its error', async () => {
  const node = await startLoopbackNode((request, response) => response.writeHead(200, ndjson).end(toLines(request).join('')))
  const failure = new Error('The database went away')
  async function* failing() {
    yield* records(4)
    throw failure
  }
  const { items, error } = await collect(createClient({ baseUrl: node.baseUrl }).records.push('s', failing()))
  expect(items).toHaveLength(4)
  expect(error).toBe(failure)
})

it('sends nothing for nothing', async () => {
  const node = await startLoopbackNode(() => {})
  expect(await collect(createClient({ baseUrl: node.baseUrl }).records.push('s', []))).toEqual({ items: [] })
  expect(node.requests).toHaveLength(0)
})

it('stops when the signal fires while the node is silent', async () => {
  const controller = new AbortController()
  const node = await startLoopbackNode((request, response) => {
    response.writeHead(200, ndjson).write(toLines(request)[0])
  })
  const push = createClient({ baseUrl: node.baseUrl }).records.push('s', records(2), { signal: controller.signal })
  expect((await push.next()).value).toMatchObject({ identifier: 'r0' })
  const next = push.next()
  controller.abort()
  await expect(next).rejects.toSatisfy(isAbortError)
})

it('puts and deletes one record, with the expected version', async () => {
  const node = await startLoopbackNode((request, response) =>
    response.end(JSON.stringify({ identifier: 'a/b', outcome: request.method === 'PUT' ? 'updated' : 'deleted', issues: [] })),
  )
  const { records: api } = createClient({ baseUrl: node.baseUrl })
  expect(await api.put('s', 'a/b', { name: { en: 'Friction' } }, { ifMatch: '"3"' })).toMatchObject({ outcome: 'updated' })
  expect(await api.delete('s', 'a/b')).toMatchObject({ outcome: 'deleted' })
  expect(node.requests[0]).toMatchObject({ method: 'PUT', path: '/api/v1/sources/s/records/a%2Fb', body: '{"name":{"en":"Friction"}}' })
  expect(node.requests[0]?.headers['if-match']).toBe('"3"')
})
