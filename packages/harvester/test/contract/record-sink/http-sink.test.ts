import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PushRecord, PushResult } from '@edufed/sdk/schemas'
import { describe } from 'vitest'
import { createHttpSink } from '../../../src/run/http-sink.js'
import { testRecordSink } from './record-sink-contract.js'

/** A node that knows nothing but how to take a push. */
async function startNode(): Promise<{ url: string; live: Set<string>; close: () => void }> {
  const live = new Set<string>()
  const take = ({ identifier, resource, isDeleted }: PushRecord): PushResult => {
    if (isDeleted) live.delete(identifier)
    else if (resource) live.add(identifier)
    return { identifier, outcome: isDeleted ? 'deleted' : resource ? 'created' : 'quarantined', issues: [] }
  }
  const server = http.createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const results = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.stringify(take(JSON.parse(line))))
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    response.end(`${results.join('\n')}\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/sources/school`, live, close }
}

describe('the HTTP sink', () => {
  testRecordSink(async () => {
    const node = await startNode()
    let last: unknown
    const sink = createHttpSink({
      url: node.url,
      apiKey: 'edufed_test',
      onCheckpoint: async (checkpoint) => {
        last = checkpoint
      },
    })
    return { sink, kept: () => [...node.live], checkpoint: () => last, close: node.close }
  })
})
