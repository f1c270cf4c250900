import { HarvestError, isHarvestError } from '../errors.js'
import { decompress } from './decompress.js'
import type { Answer } from './send-request.js'

export interface BodyLimits {
  url: string
  maxBytes: number
  timeoutMs: number
  idleTimeoutMs: number
  abandonedMs: number
  signal: AbortSignal
}

/** A body that can be read once; `settled` resolves when it was read, failed or was given up. */
export interface BoundedBody extends AsyncIterable<Uint8Array> {
  settled: Promise<void>
}

/** Decompresses the body of an answer within limits of size and time. Only time spent waiting for the server counts. */
export function readBounded(answer: Answer, limits: BodyLimits): BoundedBody {
  let settle = () => {}
  const settled = new Promise<void>((resolve) => {
    settle = resolve
  })
  let isStarted = false
  const abandoned = setTimeout(() => {
    answer.destroy()
    settle()
  }, limits.abandonedMs)
  abandoned.unref()

  async function* read(): AsyncGenerator<Uint8Array> {
    isStarted = true
    clearTimeout(abandoned)
    let bytes = 0
    try {
      const wire = withTimeouts(answer, limits)
      for await (const chunk of decompress(wire, headerText(answer.headers['content-encoding']))) {
        bytes += chunk.byteLength
        if (bytes > limits.maxBytes) throw new HarvestError('EDUFED_FETCH_TOO_LARGE', { url: limits.url, maxBytes: limits.maxBytes })
        yield chunk
      }
    } catch (error) {
      limits.signal.throwIfAborted()
      throw toBodyError(error, limits.url)
    } finally {
      answer.destroy()
      settle()
    }
  }

  return {
    settled,
    [Symbol.asyncIterator]: () => {
      if (isStarted) throw new TypeError('The body of an answer can be read only once')
      return read()
    },
  }
}

async function* withTimeouts(answer: Answer, limits: BodyLimits): AsyncGenerator<Uint8Array> {
  const iterator = answer.body[Symbol.asyncIterator]()
  let leftMs = limits.timeoutMs
  let timer: NodeJS.Timeout | undefined
  let expired: HarvestError | undefined
  const fail = () => {
    const reason = leftMs <= limits.idleTimeoutMs ? `not read within ${limits.timeoutMs} ms` : `nothing came for ${limits.idleTimeoutMs} ms`
    expired = new HarvestError('EDUFED_FETCH_TIMEOUT', { url: limits.url, reason })
    answer.destroy()
  }
  try {
    while (true) {
      const startedAt = performance.now()
      timer = setTimeout(fail, Math.max(Math.min(limits.idleTimeoutMs, leftMs), 0))
      const next = await iterator.next()
      clearTimeout(timer)
      leftMs -= performance.now() - startedAt
      if (expired) throw expired
      if (next.done) return
      yield next.value
    }
  } catch (error) {
    throw expired ?? error
  } finally {
    clearTimeout(timer)
  }
}

function toBodyError(error: unknown, url: string): HarvestError {
  if (isHarvestError(error)) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = error instanceof Error ? error.message : String(error)
  if (code === 'Z_BUF_ERROR')
    return new HarvestError('EDUFED_FETCH_TRUNCATED', { url, reason: 'the compressed data break off' }, { cause: error })
  if (code.startsWith('Z_') || code.startsWith('ERR_BROTLI') || code.startsWith('ERR__ERROR')) {
    return new HarvestError('EDUFED_FETCH_BAD_ENCODING', { url, reason }, { cause: error })
  }
  return new HarvestError('EDUFED_FETCH_TRUNCATED', { url, reason: 'the connection was closed in between' }, { cause: error })
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value
}
