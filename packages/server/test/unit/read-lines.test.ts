import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PushLine, readLines } from '../../src/modules/records/read-lines.js'

async function linesOf(chunks: Uint8Array[], maxLineBytes = 1_000): Promise<PushLine[]> {
  const lines: PushLine[] = []
  async function* stream() {
    yield* chunks
  }
  for await (const found of readLines(stream(), { maxLineBytes })) lines.push(...found)
  return lines
}

describe('a streamed body', () => {
  it('is cut into the same lines however it arrives', async () => {
    const text = fc.array(
      fc.string({ unit: 'grapheme', maxLength: 20 }).map((line) => line.replace(/[\r\n]/g, '')),
      { maxLength: 20 },
    )
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(30)), async (lines, cuts) => {
        const bytes = Buffer.from(lines.join('\n'))
        const chunks: Buffer[] = []
        let start = 0
        for (const cut of cuts) {
          chunks.push(bytes.subarray(start, start + cut))
          start = Math.min(bytes.length, start + cut)
        }
        chunks.push(bytes.subarray(start))
        const found = await linesOf(chunks)
        expect(found).toEqual(
          lines.flatMap((line, index) => {
            const trimmed = new TextDecoder().decode(Buffer.from(line)).trim()
            return trimmed === '' ? [] : [{ number: index + 1, text: trimmed }]
          }),
        )
      }),
    )
  })

  it('names a line that is too long or not UTF-8 and goes on behind it', async () => {
    const body = Buffer.concat([Buffer.from(`a\n${'x'.repeat(50)}\n`), Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from('b')])
    expect(await linesOf([body.subarray(0, 20), body.subarray(20)], 10)).toEqual([
      { number: 1, text: 'a' },
      { number: 2, problem: 'tooLong' },
      { number: 3, problem: 'notUtf8' },
      { number: 4, text: 'b' },
    ])
  })

  it('takes a byte order mark, carriage returns and empty lines for what they are', async () => {
    expect(await linesOf([Buffer.from('\ufeffa\r\n\r\n  \nb\r\n')])).toEqual([
      { number: 1, text: 'a' },
      { number: 4, text: 'b' },
    ])
  })
})
