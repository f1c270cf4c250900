import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNode, originOf, parseResourceId, resourceId } from '../../../src/ingest/identity.js'

const authority = fc.domain()
const identifier = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((text) => text.normalize('NFC').trim() !== '' && !/[\p{Cc}\ufeff]/u.test(text))

describe('the id of a resource', () => {
  it('is made of the authority and the identifier, percent-encoded', () => {
    expect(resourceId({ authority: 'edu.example.cn', identifier: 'oai:x:1/二次 (a)' })).toBe(
      'urn:edufed:edu.example.cn:oai%3Ax%3A1%2F%E4%BA%8C%E6%AC%A1%20%28a%29',
    )
  })

  it('can be taken apart again, whatever the identifier', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), identifier, (name, value) => {
        const id = resourceId({ authority: name, identifier: value })
        expect(id).toMatch(/^urn:edufed:[^:\s]+:[^:\s]+$/)
        expect(parseResourceId(id)).toEqual({ authority: name, identifier: value })
      }),
    )
  })

  it('is told from what only looks like one', () => {
    for (const text of ['urn:edufed:x', 'urn:edufed::1', 'oai:x:1', 'urn:edufed:x:%']) expect(parseResourceId(text)).toBeUndefined()
  })

  it('is the same at every hop', () => {
    fc.assert(
      fc.property(authority, identifier, fc.array(authority, { minLength: 1, maxLength: 4 }), (first, value, nodes) => {
        const atHome = originOf({ identifier: value }, { authority: first })
        const via = [first, ...nodes].map((node, hop) => ({
          node: hop % 2 ? node : `https://${node}/oai`,
          identifier: hop ? `copy-${hop}` : value,
        }))
        expect(resourceId(originOf({ identifier: 'copy', via }, { authority: nodes.at(-1)! }))).toBe(resourceId(atHome))
        expect(resourceId(originOf({ identifier: 'copy', via, origin: atHome }, { authority: 'other.example' }))).toBe(resourceId(atHome))
      }),
    )
  })

  it('takes the repository of an OAI identifier for the authority, not the address of its server', () => {
    const via = [{ node: 'http://10.0.0.5:8080/oai', identifier: 'oai:repo.example.cn:1' }]
    expect(originOf({ identifier: 'x', via }, { authority: 'hub.example' }).authority).toBe('repo.example.cn')
  })

  it('does not depend on the case of a host or on how a character is composed', () => {
    const one = originOf({ identifier: ' caf\u00e9' }, { authority: 'Edu.Example' })
    expect(one).toEqual(originOf({ identifier: 'cafe\u0301' }, { authority: 'edu.example' }))
  })
})

describe('a hop', () => {
  it.each([
    ['https://Node.example/oai', 'node.example', true],
    ['node.example', 'Node.Example', true],
    ['http://127.0.0.1:3000/', '127.0.0.1:3000', true],
    ['http://127.0.0.1:3001/', '127.0.0.1:3000', false],
    ['https://node.example.org/', 'node.example', false],
  ])('%s of node %s: %s', (node, nodeId, expected) => {
    expect(isNode(node, nodeId)).toBe(expected)
  })
})
