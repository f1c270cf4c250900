import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a path answers: bytes or text with status 200, or anything by hand. */
export type FileAnswer = string | Uint8Array | ((request: IncomingMessage, response: ServerResponse) => void)

/** A static server on loopback whose files can be changed while it runs. */
export interface FileServer {
  url: string
  files: Map<string, FileAnswer>
  /** Paths that were asked for, in order. */
  requests: string[]
  close(): Promise<void>
}

export async function startFileServer(files: Record<string, FileAnswer> = {}): Promise<FileServer> {
  const known = new Map(Object.entries(files))
  const requests: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    requests.push(path)
    const answer = known.get(path)
    if (answer === undefined) response.writeHead(404, { 'content-type': 'text/html' }).end('<html><title>404</title></html>')
    else if (typeof answer === 'function') answer(request, response)
    else response.writeHead(200, { 'content-type': path.endsWith('.json') ? 'application/json' : 'application/octet-stream' }).end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    files: known,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
