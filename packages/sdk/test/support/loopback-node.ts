import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface ReceivedRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: string
}

export interface LoopbackNode {
  baseUrl: string
  /** Every request so far, in order. */
  requests: ReceivedRequest[]
  /** Stops answering; open connections are cut. */
  close(): Promise<void>
}

export type Answer = (request: ReceivedRequest, response: ServerResponse, count: number) => unknown

/** A real HTTP server on the loopback interface that answers as the test says; `count` is 0 for the first request. */
export async function startLoopbackNode(answer: Answer, port = 0): Promise<LoopbackNode> {
  const requests: ReceivedRequest[] = []
  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const url = new URL(incoming.url ?? '/', 'http://loopback')
    let body = ''
    for await (const chunk of incoming.setEncoding('utf8')) body += chunk
    const request = { method: incoming.method ?? '', path: url.pathname, query: url.searchParams, headers: incoming.headers, body }
    requests.push(request)
    await answer(request, response, requests.length - 1)
  }
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: Error) => response.destroy(error))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
  onTestFinished(close)
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, close }
}

export function sendJson(response: ServerResponse, value: unknown, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}

export function sendProblem(
  response: ServerResponse,
  status: number,
  code: string,
  more: object = {},
  headers: Record<string, string> = {},
): void {
  const problem = { type: 'about:blank', title: 'Title', status, detail: `Detail of ${code}`, code, requestId: 'req-1', ...more }
  response.writeHead(status, { 'content-type': 'application/problem+json', ...headers }).end(JSON.stringify(problem))
}

/** Cuts the connection in the middle of whatever it was doing. */
export function cutConnection(response: ServerResponse): void {
  response.socket?.destroy()
}
