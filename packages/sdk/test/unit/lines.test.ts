import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readLines } from '../../src/client/lines.js'
import { parseEvents } from '../../src/client/sse.js'
import { collect } from '../support/collect.js'

/** An answer that arrives cut at the given places, also within characters. */
function toResponse(text: string, cuts: readonly number[]): Response {
  const bytes = new TextEncoder().encode(text)
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1))), bytes.length].sort((a, b) => a - b)
  const pieces = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
  return new Response(
    new ReadableStream({
      pull(controller) {
        const piece = pieces.shift()
        if (piece) controller.enqueue(piece)
        else controller.close()
      },
    }),
  )
}

const line = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/[\r\n\uFEFF]/.test(text))
const cuts = fc.array(fc.nat(), { maxLength: 10 })

it('gives the same lines wherever the stream is cut, for each kind of line end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.constantFrom('\n', '\r\n', '\r'), cuts, async (lines, end, places) => {
      const { items } = await collect(readLines(toResponse(lines.map((text) => text + end).join(''), places), { idleMs: 1_000 }))
      expect(items).toEqual(lines)
    }),
  )
})

it('gives a last line that has no end', async () => {
  expect((await collect(readLines(toResponse('a\nb', [2]), { idleMs: 1_000 }))).items).toEqual(['a', 'b'])
})

it('reads events back as they were written', async () => {
  const event = fc.record({
    event: fc.constantFrom('change', 'harvest', 'message'),
    data: fc.array(line, { minLength: 1 }).map((lines) => lines.join('\n')),
    id: fc.stringMatching(/^[a-z0-9.]{1,9}$/),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(event), cuts, async (events, places) => {
      const text = events
        .map(
          ({ event: name, data, id }) =>
            `: beat\nevent: ${name}\nid: ${id}\n${data
              .split('\n')
              .map((part) => `data: ${part}`)
              .join('\n')}\n\n`,
        )
        .join('')
      const { items } = await collect(parseEvents(readLines(toResponse(text, places), { idleMs: 1_000 })))
      expect(items).toEqual(events)
    }),
  )
})
