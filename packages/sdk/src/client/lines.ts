import { AbortError } from '../errors/abort-error.js'
import { NetworkError } from '../errors/network-error.js'
import { ProtocolError } from '../errors/protocol-error.js'
import { TimeoutError } from '../errors/timeout-error.js'
import { toLabel } from './url.js'

const longestLine = 2 ** 24

export interface StreamOptions {
  signal?: AbortSignal
  /** Milliseconds without a byte after which the stream counts as broken. */
  idleMs: number
}

/** The lines of a streamed answer, ended by LF, CR LF or CR. Reads on only when the next line is asked for. */
export async function* readLines(response: Response, { signal, idleMs }: StreamOptions): AsyncGenerator<string, void, undefined> {
  const label = response.url ? toLabel(response.url) : 'The stream'
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  let isLate = false
  // A cancelled reader answers its pending read with `done`.
  const cancel = () => void reader.cancel().catch(() => undefined)
  const read = async () => {
    const timer = setTimeout(() => {
      isLate = true
      cancel()
    }, idleMs)
    try {
      return await reader.read()
    } catch (error) {
      if (signal?.aborted) return { done: true, value: undefined }
      throw new NetworkError(`${label} broke off`, error)
    } finally {
      clearTimeout(timer)
    }
  }
  signal?.addEventListener('abort', cancel)
  if (signal?.aborted) cancel()
  try {
    let rest = ''
    for (;;) {
      const { done, value } = await read()
      if (signal?.aborted) throw new AbortError(`${label} was stopped by the abort signal`, signal.reason)
      if (isLate) throw new TimeoutError(`${label} was silent for ${idleMs} ms`)
      rest += decoder.decode(value, { stream: !done })
      // A CR at the very end may be the first half of CR LF.
      const lines = rest.split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      yield* lines
      if (rest.length > longestLine) throw new ProtocolError(`${label} has a line of more than ${longestLine} characters`)
      if (done) {
        if (rest !== '') yield rest.replace(/\r$/, '')
        return
      }
    }
  } finally {
    signal?.removeEventListener('abort', cancel)
    cancel()
  }
}
