import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OddDocuments, readOddDocuments } from '../../../src/connectors/odd-documents.js'

const documents = fc.array(fc.array(fc.webUrl(), { maxLength: 3 }), { maxLength: 50 })

describe('the documents of a run that gave something else than one record', () => {
  it('are known again from a checkpoint as they were', () => {
    fc.assert(
      fc.property(documents, (identifiers) => {
        const url = (index: number) => `https://x.example/${index}`
        const first = new OddDocuments([])
        for (const [index, found] of identifiers.entries()) first.note(index, url(index), found)
        const { odd } = JSON.parse(JSON.stringify(first.toCheckpoint())) as { odd?: unknown }
        const second = new OddDocuments(readOddDocuments(odd))
        for (const [index, found] of identifiers.entries()) {
          const known = second.toKnown(index, url(index), { url: url(index), lastmod: '2024' })
          expect({ identifiers: [url(index)], ...known }).toEqual({ identifiers: found, lastmod: '2024' })
        }
        expect(second.isComplete).toBe(true)
      }),
    )
  })

  it('are given up when there are too many for a checkpoint, instead of half', () => {
    const odd = new OddDocuments([])
    for (let index = 0; index < 10_000; index++) odd.note(index, 'a', ['https://x.example/some/long/address', 'b'])
    expect(odd.isComplete).toBe(false)
    expect(odd.toCheckpoint()).toEqual({})
    expect(new OddDocuments(readOddDocuments(undefined)).isComplete).toBe(false)
  })
})
