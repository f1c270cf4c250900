import { createClient, createSearchClient } from '@edufed/sdk'
import { expect, it } from 'vitest'
import { collect } from '../support/collect.js'
import { sendJson, startLoopbackNode } from '../support/loopback-node.js'

const emptyPage = { total: 0, hits: [], facets: {} }

it('sends facets as one parameter and each filter value as its own', async () => {
  const node = await startLoopbackNode((_, response) => sendJson(response, emptyPage))
  const client = createClient({ baseUrl: node.baseUrl, language: 'ug-Arab' })
  await client.search({ q: '静夜思 & 月', facets: ['subject', 'grade'], subject: ['chinese', 'art'], limit: 5 })
  const [request] = node.requests
  expect(request?.method).toBe('GET')
  expect(request?.path).toBe('/api/v1/search')
  expect([...request!.query]).toEqual([
    ['lang', 'ug-Arab'],
    ['q', '静夜思 & 月'],
    ['facets', 'subject,grade'],
    ['subject', 'chinese'],
    ['subject', 'art'],
    ['limit', '5'],
  ])
})

it('lets the query say another language than the client', async () => {
  const node = await startLoopbackNode((_, response) => sendJson(response, emptyPage))
  await createSearchClient({ baseUrl: node.baseUrl, language: 'ug-Arab' }).search({ lang: 'en' })
  expect(node.requests[0]?.query.getAll('lang')).toEqual(['en'])
})

it('sends a query that is too long for an address as a body', async () => {
  const node = await startLoopbackNode((_, response) => sendJson(response, emptyPage))
  const q = '二次方程'.repeat(500)
  await createClient({ baseUrl: node.baseUrl }).search({ q, facets: ['grade'] })
  expect(node.requests[0]?.method).toBe('POST')
  expect(JSON.parse(node.requests[0]!.body)).toEqual({ q, facets: ['grade'] })
})

it('finds values of a facet for the same words and filters as a search, as a body when they are long', async () => {
  const node = await startLoopbackNode((_, response) => sendJson(response, { total: 0, values: [] }))
  const client = createSearchClient({ baseUrl: node.baseUrl, language: 'en' })
  expect(await client.facetValues('region', { find: '天山', q: 'x', subject: ['chinese', 'art'] })).toEqual({ total: 0, values: [] })
  expect(node.requests[0]?.path).toBe('/api/v1/facets/region')
  expect(node.requests[0]?.query.toString()).toBe(
    new URLSearchParams([
      ['lang', 'en'],
      ['find', '天山'],
      ['q', 'x'],
      ['subject', 'chinese'],
      ['subject', 'art'],
    ]).toString(),
  )
  await client.facetValues('region', { q: '二次方程'.repeat(500) })
  expect(node.requests[1]?.method).toBe('POST')
})

it('gives every hit of every page, and asks for a page only when its hits are wanted', async () => {
  const node = await startLoopbackNode((request, response) => {
    const page = Number(request.query.get('cursor') ?? 0)
    sendJson(response, {
      ...emptyPage,
      total: 6,
      hits: [{ id: `${page}a` }, { id: `${page}b` }],
      ...(page < 2 && { cursor: `${page + 1}` }),
    })
  })
  const client = createClient({ baseUrl: node.baseUrl })
  const { items } = await collect(client.searchAll({ q: 'x', limit: 2 }))
  expect(items.map(({ id }) => id)).toEqual(['0a', '0b', '1a', '1b', '2a', '2b'])
  expect(node.requests.map(({ query }) => query.get('limit'))).toEqual(['2', '2', '2'])
  await collect(client.searchAll({ q: 'x', cursor: '1' }), 2)
  expect(node.requests).toHaveLength(4)
})

it('keeps a path that the node is served under', async () => {
  const node = await startLoopbackNode((_, response) => sendJson(response, { suggestions: [] }))
  await createClient({ baseUrl: `${node.baseUrl}/edufed` }).suggest({ q: '一元' })
  expect(node.requests[0]?.path).toBe('/edufed/api/v1/suggest')
})

it('reads a resource whose id has every kind of character, as JSON or JSON-LD', async () => {
  const node = await startLoopbackNode((request, response) => sendJson(response, { accept: request.headers.accept }))
  const client = createClient({ baseUrl: node.baseUrl })
  const id = 'urn:edufed:school.example:a%2Fb?c#d é'
  expect(await client.resources.get(id)).toEqual({ accept: 'application/json' })
  expect(await client.resources.get(id, { format: 'ld+json' })).toEqual({ accept: 'application/ld+json' })
  expect(decodeURIComponent(node.requests[0]!.path.slice('/api/v1/resources/'.length))).toBe(id)
})

it('lists the other forms of the work that a resource is a form of', async () => {
  const form = { id: 'urn:edufed:school.example:2', name: { en: 'Dawn' }, inLanguage: ['en'], label: 'English' }
  const node = await startLoopbackNode((_, response) => sendJson(response, { translations: [form] }))
  const client = createSearchClient({ baseUrl: node.baseUrl, language: 'ug-Arab' })
  expect(await client.resources.translations('urn:edufed:school.example:1')).toEqual([form])
  expect(decodeURIComponent(node.requests[0]!.path)).toBe('/api/v1/resources/urn:edufed:school.example:1/translations')
  expect(node.requests[0]!.query.get('lang')).toBe('ug-Arab')
})

it('tells that a hit of a search was opened, in the language of the client', async () => {
  const node = await startLoopbackNode((_, response) => void response.writeHead(204).end())
  await createSearchClient({ baseUrl: node.baseUrl, language: 'ug-Arab' }).noteUse({ q: '分数' })
  expect([node.requests[0]?.method, node.requests[0]?.path]).toEqual(['POST', '/api/v1/search/uses'])
  expect(JSON.parse(node.requests[0]!.body)).toEqual({ lang: 'ug-Arab', q: '分数' })
})
