import { describe } from 'vitest'
import type { HarvestItem } from '../../../src/connectors/connector.js'
import { createNdjsonSink } from '../../../src/run/ndjson-sink.js'
import { testRecordSink } from './record-sink-contract.js'

describe('the NDJSON sink', () => {
  testRecordSink(() => {
    let text = ''
    let last: unknown
    const sink = createNdjsonSink({
      write: async (lines) => {
        text += lines
      },
      onCheckpoint: async (checkpoint) => {
        last = checkpoint
      },
    })
    const kept = () => {
      const live = new Set<string>()
      for (const line of text.split('\n').filter(Boolean)) {
        const item = JSON.parse(line) as HarvestItem
        if (item.type === 'record' && item.resource) live.add(item.identifier)
        else live.delete(item.identifier)
      }
      return [...live]
    }
    return { sink, kept, checkpoint: () => last }
  })
})
