import { createClient } from '@edufed/sdk'
import { expect, it } from 'vitest'
import { collect } from '../support/collect.js'
import { cutConnection, sendJson, startLoopbackNode } from '../support/loopback-node.js'

const aHarvest = (state: string, pages: number, id = 'h1') => ({ id, sourceId: 's', state, pages })
const toEvent = (harvest: object) => `event: harvest\r\ndata: ${JSON.stringify(harvest)}\r\n\r\n`
const sse = { 'content-type': 'text/event-stream' }

it('follows a harvest to its end, each step once', async () => {
  let streams = 0
  const node = await startLoopbackNode((request, response) => {
    if (request.headers.accept !== 'text/event-stream') return sendJson(response, aHarvest('running', streams === 0 ? 0 : 2))
    response.writeHead(200, sse)
    if (streams++ === 0) {
      response.write(toEvent(aHarvest('running', 0)) + toEvent(aHarvest('running', 1)), () => cutConnection(response))
    } else response.write(toEvent(aHarvest('running', 2)) + toEvent(aHarvest('completed', 3)))
  })
  const { items } = await collect(createClient({ baseUrl: node.baseUrl }).harvests.follow('s', 'h1'))
  expect(items.map(({ state, pages }) => [state, pages])).toEqual([
    ['running', 0],
    ['running', 1],
    ['running', 2],
    ['completed', 3],
  ])
  expect(node.requests[0]?.path).toBe('/api/v1/sources/s/harvests/h1')
})

it('gives a harvest that is over already, and ends', async () => {
  const node = await startLoopbackNode((_, response) => sendJson(response, aHarvest('failed', 1)))
  expect((await collect(createClient({ baseUrl: node.baseUrl }).harvests.follow('s', 'h1'))).items).toHaveLength(1)
})

it('follows the harvests of all sources', async () => {
  const node = await startLoopbackNode((request, response) => {
    if (request.headers.accept !== 'text/event-stream')
      return sendJson(response, { harvests: [aHarvest('completed', 9), aHarvest('running', 1, 'h2')] })
    response.writeHead(200, sse).write(toEvent(aHarvest('running', 2, 'h2')))
  })
  const { items } = await collect(createClient({ baseUrl: node.baseUrl }).harvests.followAll(), 3)
  expect(items.map(({ id, pages }) => [id, pages])).toEqual([
    ['h1', 9],
    ['h2', 1],
    ['h2', 2],
  ])
  expect(node.requests.map(({ path }) => path)).toEqual(['/api/v1/harvests', '/api/v1/harvests'])
})

it('lists, starts and cancels', async () => {
  const node = await startLoopbackNode((_, response) => sendJson(response, { harvests: [] }))
  const { harvests } = createClient({ baseUrl: node.baseUrl })
  await harvests.list()
  await harvests.list('s', { limit: 2 })
  await harvests.start('s', { mode: 'incremental' })
  await harvests.cancel('s', 'h1')
  expect(node.requests.map(({ method, path, query }) => `${method} ${path}?${query}`)).toEqual([
    'GET /api/v1/harvests?',
    'GET /api/v1/sources/s/harvests?limit=2',
    'POST /api/v1/sources/s/harvests?',
    'POST /api/v1/sources/s/harvests/h1/cancel?',
  ])
})
