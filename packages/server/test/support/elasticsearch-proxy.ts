import {
  createServer as createHttpServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A request on its way to Elasticsearch. */
export interface ProxiedRequest {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
  /** Sends it on, with another body when one is given. */
  forward(body?: Buffer): Promise<ProxiedAnswer>
}

export interface ProxiedAnswer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

export interface ElasticsearchProxy {
  url: string
  close(): Promise<void>
}

/** An HTTP(S) server in front of Elasticsearch that may answer in its place, as an overloaded or protected cluster does. */
export async function startElasticsearchProxy(
  target: string,
  answer: (request: ProxiedRequest) => Promise<ProxiedAnswer>,
  tls?: { key: string; cert: string },
): Promise<ElasticsearchProxy> {
  const respond = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    try {
      const { method = 'GET', url: path = '/', headers } = incoming
      const body = await buffer(incoming)
      const forward = (other = body) => send(new URL(path, target), { method, headers, body: other })
      const { status, headers: answered, body: text } = await answer({ method, path, headers, body, forward })
      outgoing.writeHead(status, { ...answered, 'content-length': text.length }).end(text)
    } catch (error) {
      outgoing.destroy(error as Error)
    }
  }
  const listener: RequestListener = (incoming, outgoing) => void respond(incoming, outgoing)
  const server = tls ? createHttpsServer(tls, listener) : createHttpServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** An error as Elasticsearch words it. */
export function elasticsearchError(status: number, type: string, headers: Record<string, string> = {}): ProxiedAnswer {
  const reason = { type, reason: `${type} on purpose` }
  const body = Buffer.from(JSON.stringify({ error: { root_cause: [reason], ...reason }, status }))
  return { status, headers: { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch', ...headers }, body }
}

function send(url: URL, { method, headers, body }: { method: string; headers: IncomingHttpHeaders; body: Buffer }): Promise<ProxiedAnswer> {
  return new Promise((resolve, reject) => {
    const { authorization: _, host: __, 'transfer-encoding': ___, ...others } = headers
    const request = httpRequest(url, { method, headers: { ...others, 'content-length': body.length } }, (response) => {
      const { 'content-length': _length, 'transfer-encoding': _encoding, connection: _connection, ...answered } = response.headers
      buffer(response).then(
        (text) => resolve({ status: response.statusCode!, headers: answered as Record<string, string>, body: text }),
        reject,
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}
