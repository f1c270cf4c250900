import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toBatches } from '../../src/client/batches.js'
import { collect } from '../support/collect.js'

it('loses, doubles and reorders nothing, and keeps within the limits', async () => {
  const limits = fc.record({
    maxRecords: fc.integer({ min: 1, max: 9 }),
    maxBytes: fc.integer({ min: 1, max: 60 }),
    lingerMs: fc.constant(1_000),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 20 })),
      limits,
      async (values, { maxRecords, maxBytes, lingerMs }) => {
        const { items } = await collect(toBatches(values, { maxRecords, maxBytes, lingerMs }))
        const lines = items.map(({ body }) => new TextDecoder().decode(body).trimEnd().split('\n'))
        expect(lines.flat().map((line) => JSON.parse(line) as unknown)).toEqual(values)
        for (const [index, { count, body }] of items.entries()) {
          expect(lines[index]).toHaveLength(count)
          expect(count).toBeLessThanOrEqual(maxRecords)
          expect(count === 1 || body.length <= maxBytes).toBe(true)
        }
      },
    ),
  )
})

it('hands on what came before a value that cannot be JSON', async () => {
  const { items } = await collect(toBatches(['a', 1n, 'b'], { maxRecords: 10, maxBytes: 100, lingerMs: 10 }))
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ count: 1, failure: { error: expect.any(TypeError) } })
})
