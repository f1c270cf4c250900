import { createClient, type EdufedClient } from '@edufed/sdk'
import * as contract from '@edufed/sdk/schemas'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../support/build-test-app.js'

interface Operation {
  summary?: string
  tags?: string[]
  security?: object[]
  parameters?: { in: string; name: string }[]
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}
interface Document {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

let test: TestApp
let document: Document
const routes = new Map<string, Set<string>>()
beforeAll(async () => {
  test = await buildTestApp()
  document = (await test.app.inject('/openapi.json')).json<Document>()
  for (const [path, operations] of Object.entries(document.paths)) routes.set(path, new Set(Object.keys(operations)))
}, 60_000)
afterAll(() => test.close())

/** A schema of the SDK as a component must show it: named schemas inside it by reference. */
function asComponent(schema: unknown, isRoot = true): unknown {
  if (Array.isArray(schema)) return schema.map((item) => asComponent(item, false))
  if (typeof schema !== 'object' || schema === null) return schema
  const { $id, ...rest } = schema as Record<string, unknown>
  if (typeof $id === 'string' && !isRoot) return { $ref: `#/components/schemas/${$id}` }
  if (typeof rest.$ref === 'string') return { $ref: `#/components/schemas/${rest.$ref}` }
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, asComponent(value, false)]))
}

describe('/openapi.json', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0')
    const result = await new Validator().validate(JSON.parse(JSON.stringify(document)) as Record<string, unknown>)
    expect(result.errors).toBeUndefined()
    expect(result.valid).toBe(true)
  })

  it("has every named schema of the SDK's contract, unchanged", () => {
    const named = Object.values(contract as Record<string, unknown>).filter(
      (value): value is { $id: string } => typeof value === 'object' && value !== null && '$id' in value,
    )
    expect(named.length).toBeGreaterThan(9)
    expect(Object.keys(document.components.schemas).sort()).toEqual(named.map(({ $id }) => $id).sort())
    for (const schema of named) {
      expect(document.components.schemas[schema.$id], schema.$id).toEqual(JSON.parse(JSON.stringify(asComponent(schema))))
    }
  })

  it('points only to what is there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!)
    expect(references.length).toBeGreaterThan(20)
    for (const reference of references) {
      expect(document.components.schemas).toHaveProperty([reference.replace('#/components/schemas/', '')])
    }
  })

  it('tells of each operation what it does, what it answers, how it fails and whether it needs a key', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const name = `${method} ${path}`
        expect(operation.summary, name).toBeTruthy()
        expect(operation.tags, name).toHaveLength(1)
        expect(operation.responses.default?.content?.['application/problem+json']?.schema, name).toEqual({
          $ref: '#/components/schemas/Problem',
        })
        expect(
          Object.keys(operation.responses).some((status) => status.startsWith('2')),
          name,
        ).toBe(true)
        const isWrite =
          !['get', 'head'].includes(method) && !['/api/v1/search', '/api/v1/search/uses', '/api/v1/facets/{name}'].includes(path)
        if (isWrite) expect(operation.security, name).toEqual([{ apiKey: [] }])
      }
    }
  })

  it('has every parameter of a search', () => {
    const names = document.paths['/api/v1/search']?.get?.parameters?.filter((parameter) => parameter.in === 'query').map(({ name }) => name)
    expect(names?.sort()).toEqual(Object.keys(contract.SearchQuery.properties).sort())
  })

  it('has every call that the SDK makes', async () => {
    const calls: { method: string; path: string }[] = []
    const client: EdufedClient = createClient({
      baseUrl: 'http://node.test',
      apiKey: 'edufed_x',
      fetch: async (input, init) => {
        const request = new Request(input, { ...init, ...(init?.body ? { duplex: 'half' } : {}) })
        calls.push({ method: request.method.toLowerCase(), path: new URL(request.url).pathname })
        return new Response('{}', { status: 200, headers: { 'content-type': 'application/json' } })
      },
    })
    const ignore = () => undefined
    await client.search({ q: 'x' }).catch(ignore)
    await client.suggest({ q: 'x' }).catch(ignore)
    await client.members.list().catch(ignore)
    await client.members.get('a').catch(ignore)
    await client.members.create({ name: 'x', level: 'school' }).catch(ignore)
    await client.members.update('a', {}).catch(ignore)
    await client.members.delete('a').catch(ignore)
    await client.keys.list().catch(ignore)
    await client.keys.create({ name: 'x', scopes: ['read'] }).catch(ignore)
    await client.keys.revoke('a').catch(ignore)
    await client.records.put('s', 'a/b', { name: { en: 'x' } }).catch(ignore)
    await client.records.delete('s', 'a').catch(ignore)
    await client.changes.list().catch(ignore)
    expect(calls.length).toBeGreaterThan(10)
    for (const { method, path } of calls) {
      const known = [...routes].find(([route]) => new RegExp(`^${route.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path))
      expect(known?.[1].has(method), `${method} ${path}`).toBe(true)
    }
  })

  it('can be tried out at /docs', async () => {
    const page = await test.app.inject('/docs/')
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect((await test.app.inject('/docs/json')).json()).toEqual(document)
  })
})
