import type { HttpRequest, HttpStack } from 'tus-js-client'
import { NetworkError } from '../../errors/network-error.js'
import { TimeoutError } from '../../errors/timeout-error.js'
import type { Connection } from '../connection.js'
import { toLabel } from '../url.js'
import type { UploadPiece } from './upload-body.js'

const slowestBytesPerMs = 32

/** Lets tus-js-client send by the client's own fetch, with time-outs, where XMLHttpRequest is missing or fetch was given. */
export function createFetchStack(connection: Connection): HttpStack {
  return { getName: () => 'fetch', createRequest: (method, url) => createFetchRequest(connection, method, url) }
}

function createFetchRequest(connection: Connection, method: string, url: string): HttpRequest {
  const controller = new AbortController()
  const headers: Record<string, string> = {}
  let onProgress: (bytesSent: number) => void = () => {}
  return {
    getMethod: () => method,
    getURL: () => url,
    setHeader: (name, value) => {
      headers[name] = value
    },
    getHeader: (name) => headers[name],
    setProgressHandler: (handler) => {
      onProgress = handler
    },
    abort: async () => controller.abort(),
    getUnderlyingObject: () => undefined,
    async send(body: UploadPiece | null = null) {
      const timeoutMs = connection.timeoutMs + (body?.size ?? 0) / slowestBytesPerMs
      let isLate = false
      const timer = setTimeout(() => {
        isLate = true
        controller.abort()
      }, timeoutMs)
      try {
        const response = await connection.fetch(url, { method, headers, body, signal: controller.signal })
        const text = await response.text()
        if (body && response.ok) onProgress(body.size)
        return {
          getStatus: () => response.status,
          getHeader: (name) => response.headers.get(name) ?? undefined,
          getBody: () => text,
          getUnderlyingObject: () => response,
        }
      } catch (error) {
        const label = `${method} ${toLabel(url)}`
        throw isLate
          ? new TimeoutError(`${label} took longer than ${timeoutMs} ms`)
          : new NetworkError(`${label} did not get through`, error)
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
