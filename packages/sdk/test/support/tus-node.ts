import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import { onTestFinished } from 'vitest'

export interface TusNode {
  baseUrl: string
  requests: { method: string; path: string; headers: IncomingMessage['headers'] }[]
}

/** Answers a request instead of the tus server by returning true. */
export type Interfere = (request: IncomingMessage, response: ServerResponse, count: number) => boolean

/** A real tus server with a folder store, and the document of an upload at GET. */
export async function startTusNode(interfere: Interfere = () => false): Promise<TusNode> {
  const directory = await mkdtemp(join(tmpdir(), 'edufed-tus-'))
  const store = new FileStore({ directory })
  // A wrong host on purpose: a node behind a proxy does not know its address.
  const tus = new Server({
    path: '/api/v1/uploads',
    datastore: store,
    generateUrl: (_, { path, id }) => `http://inside.example${path}/${id}`,
  })
  const requests: TusNode['requests'] = []
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '' } = request
    requests.push({ method, path: url, headers: request.headers })
    if (interfere(request, response, requests.length - 1)) return
    if (method === 'GET') await sendDocument(url.slice(url.lastIndexOf('/') + 1), response)
    else await tus.handle(request, response)
  }
  const server = createServer((request, response) => {
    serve(request, response).catch((error: Error) => response.destroy(error))
  })

  async function sendDocument(id: string, response: ServerResponse) {
    const path = join(directory, id)
    if (!existsSync(path)) return void response.writeHead(404).end()
    const { size, offset, metadata } = await store.getUpload(id)
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
    const isFinished = size === offset
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        id,
        size,
        offset,
        ...metadata,
        ...(isFinished && { sha256: hash.digest('hex'), finishedAt: new Date().toISOString() }),
      }),
    )
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.close()
    server.closeAllConnections()
    await rm(directory, { recursive: true, force: true })
  })
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}
