/** One line of a streamed body: its text, or why it has none. */
export type PushLine = { number: number; text: string } | { number: number; problem: 'tooLong' | 'notUtf8' }

const newline = 0x0a

/**
 * Cuts a stream of bytes into lines, chunk by chunk; empty lines are left out. Never holds more than one line and one chunk:
 * of a line that is too long only its number is kept.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, options: { maxLineBytes: number }): AsyncGenerator<PushLine[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let parts: Uint8Array[] = []
  let length = 0
  let number = 0

  const add = (part: Uint8Array) => {
    length += part.length
    if (length <= options.maxLineBytes) parts.push(part)
    else parts = []
  }
  const take = (): PushLine | undefined => {
    number += 1
    const bytes = Buffer.concat(parts)
    const isTooLong = length > options.maxLineBytes
    parts = []
    length = 0
    if (isTooLong) return { number, problem: 'tooLong' }
    try {
      const text = decoder.decode(bytes).trim()
      return text === '' ? undefined : { number, text }
    } catch {
      return { number, problem: 'notUtf8' }
    }
  }

  for await (const chunk of chunks) {
    const lines: PushLine[] = []
    let start = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      add(chunk.subarray(start, end))
      const line = take()
      if (line) lines.push(line)
      start = end + 1
    }
    if (start < chunk.length) add(chunk.subarray(start))
    if (lines.length > 0) yield lines
  }
  if (length > 0) {
    const line = take()
    if (line) yield [line]
  }
}
